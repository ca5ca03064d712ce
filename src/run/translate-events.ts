import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { nameOf, type StateResource } from "../engine/observed.ts";
import { hardwareResource } from "../hardware/resources.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import type { RunEvent, StartedEvent } from "./events.ts";

type Operation = StartedEvent["operation"];

const OPERATIONS: Readonly<Record<string, Operation>> = {
  create: "create",
  "create-replacement": "replace",
  update: "update",
  delete: "delete",
  "delete-replaced": "delete",
};

interface Metadata {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
}

/**
 * Turns the engine's events into those of a run. There is one translator for each run: it keeps when each resource was started, and
 * the errors that belong to it. The engine's debug diagnostics hold secrets in plain text: they are dropped before anything else.
 */
export class Translator {
  readonly #course: ReadonlyMap<string, PlannedStep>;
  readonly #started = new Map<string, number>();
  readonly #errors = new Map<string, string[]>();
  readonly #foreign = new Set<string>();
  readonly #acting: readonly string[];

  /** @param plugin prefix of the types of the hardware's own plugin, e.g. `openstack:` */
  constructor(course: readonly PlannedStep[], plugin?: string) {
    this.#course = new Map(course.map((planned) => [planned.name, planned]));
    this.#acting = ["command:", ...(plugin === undefined ? [] : [plugin])];
  }

  /** @param at milliseconds since the epoch: the engine's own stamps are whole seconds */
  translate(event: EngineEvent, at: number): RunEvent[] {
    if (event.diagnosticEvent) return this.#diagnostic(event.diagnosticEvent, at);
    if (event.resourcePreEvent) return this.#begun(event.resourcePreEvent.metadata, at);
    if (event.resOutputsEvent) return this.#done(event.resOutputsEvent.metadata, at);
    if (event.resOpFailedEvent) return [this.#failed(event.resOpFailedEvent.metadata, at)];
    return [];
  }

  /** What is emitted of resources that are up to date, where the engine is not started. */
  upToDate(resources: readonly StateResource[], at: number): RunEvent[] {
    return resources
      .filter(({ type }) => this.#acts(type))
      .map(({ urn }) => ({ type: "done", ...this.#subject(urn), changed: false, seconds: 0, at }));
  }

  /** Whether the hardware's own plugin failed at a resource. */
  foreign(name: string): boolean {
    return this.#foreign.has(name);
  }

  /** Errors that belong to no resource, such as one that the program throws. */
  get otherErrors(): string[] {
    return this.#errors.get("") ?? [];
  }

  /** Components and the stack only group resources: they have no events. */
  #acts(type: string): boolean {
    return this.#acting.some((prefix) => type.startsWith(prefix));
  }

  #subject(urn: string): { name: string; step?: string; node?: string } {
    const name = nameOf(urn);
    const planned = this.#course.get(name);
    if (planned !== undefined) return { name, step: planned.step.id, node: planned.node };
    const node =
      /@([^@]+)$/.exec(name)?.[1] ??
      /^hardware\/(?:node|image|host|guest-folder|server|volume)-(.+)$/.exec(name)?.[1];
    return { name, ...(node === undefined ? {} : { node }) };
  }

  #diagnostic(event: NonNullable<EngineEvent["diagnosticEvent"]>, at: number): RunEvent[] {
    if ((event.severity as string) === "debug") return [];
    const urn = event.urn ?? "";
    const text = plain(event.message);
    if (event.severity === "error") {
      const key = this.#acts(typeOf(urn)) ? urn : "";
      this.#errors.set(key, [...(this.#errors.get(key) ?? []), text.trimEnd()]);
    }
    return urn === "" || !this.#acts(typeOf(urn)) ? [] : [{ type: "output", name: nameOf(urn), text, at }];
  }

  #begun({ op, urn, type }: Metadata, at: number): RunEvent[] {
    const operation = OPERATIONS[op];
    if (!this.#acts(type) || operation === undefined) return [];
    const subject = this.#subject(urn);
    this.#started.set(urn, at);
    const title = this.#course.get(subject.name)?.step.title ?? titleOf(subject.name);
    return [{ type: "started", ...subject, title, operation, at }];
  }

  #done({ op, urn, type }: Metadata, at: number): RunEvent[] {
    // A replacement is reported a third time, after its creation and deletion.
    if (!this.#acts(type) || op === "replace") return [];
    const changed = this.#started.has(urn);
    return [{ type: "done", ...this.#subject(urn), changed, seconds: this.#seconds(urn, at), at }];
  }

  #failed({ urn, type }: Metadata, at: number): RunEvent {
    if (!type.startsWith("command:")) this.#foreign.add(nameOf(urn));
    const message = (this.#errors.get(urn) ?? []).join("\n");
    return { type: "failed", ...this.#subject(urn), message, seconds: this.#seconds(urn, at), at };
  }

  /** Seconds since a resource was started. It may be started again later in the same run. */
  #seconds(urn: string, at: number): number {
    const started = this.#started.get(urn) ?? at;
    this.#started.delete(urn);
    return (at - started) / 1000;
  }
}

const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").pop() ?? "";

const TITLES: readonly (readonly [RegExp, (rest: string) => string])[] = [
  [/^secret\/(.+)$/, (name) => `Make the password ${name}`],
  [/^secrets\/(.+)$/, (name) => `Make the key ${name}`],
  [/^facts@(.+)$/, (node) => `Find out what ${node} can do`],
  [/^download@(.+)$/, (node) => `Fetch packages for ${node} ahead`],
];

/** The title of a resource that is not a step. */
export function titleOf(name: string): string {
  for (const [pattern, title] of TITLES) {
    const match = pattern.exec(name);
    if (match !== null) return title(match[1] ?? "");
  }
  return hardwareResource(name)?.title ?? name;
}

/** The engine marks colours as `<{%…%}>` also where it is told to use none. */
const plain = (text: string): string => text.replaceAll(/<\{%[^%]*%\}>/g, "");
