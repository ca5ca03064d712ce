import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { nameOf } from "../engine/observed.ts";
import { hardwareResource } from "../hardware/resources.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import type { LabEvent } from "./events.ts";

type Operation = Extract<LabEvent, { type: "started" }>["operation"];

const OPERATIONS: Readonly<Record<string, Operation>> = {
  create: "create",
  "create-replacement": "replace",
  update: "update",
  delete: "delete",
  "delete-replaced": "delete",
};

/**
 * Turns the engine's events into ours. Keeps when each resource was started, so that `done` carries its time.
 * The engine's debug diagnostics carry secrets in plain text: they are dropped here, first of all.
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
  translate(event: EngineEvent, at: number): LabEvent[] {
    if (event.diagnosticEvent) return this.#diagnostic(event.diagnosticEvent);
    if (event.resourcePreEvent) return this.#begun(event.resourcePreEvent.metadata, at);
    if (event.resOutputsEvent) return this.#done(event.resOutputsEvent.metadata, at);
    if (event.resOpFailedEvent) {
      const { urn, type } = event.resOpFailedEvent.metadata;
      if (!type.startsWith("command:")) this.#foreign.add(nameOf(urn));
      const message = (this.#errors.get(urn) ?? []).join("\n");
      return [{ type: "failed", name: nameOf(urn), ...this.#place(nameOf(urn)), message, at }];
    }
    return [];
  }

  /** Whether it was the hardware's own plugin that failed at a resource. */
  foreign(name: string): boolean {
    return this.#foreign.has(name);
  }

  /** Errors that belong to no resource of ours, such as one thrown by the program. */
  get otherErrors(): string[] {
    return this.#errors.get("") ?? [];
  }

  /** Only what acts is of interest; components and the stack only group. */
  #acts(type: string): boolean {
    return this.#acting.some((prefix) => type.startsWith(prefix));
  }

  #place(name: string): { step?: string; node?: string } {
    const planned = this.#course.get(name);
    if (planned !== undefined) return { step: planned.step.id, node: planned.node };
    const node = /@([^@]+)$/.exec(name)?.[1] ?? hardwareResource(name)?.node;
    return node === undefined ? {} : { node };
  }

  #diagnostic(event: NonNullable<EngineEvent["diagnosticEvent"]>): LabEvent[] {
    if ((event.severity as string) === "debug") return [];
    const urn = event.urn ?? "";
    const text = plain(event.message);
    if (event.severity === "error") {
      const key = this.#acts(typeOf(urn)) ? urn : "";
      this.#errors.set(key, [...(this.#errors.get(key) ?? []), text.trimEnd()]);
    }
    return urn === "" || !this.#acts(typeOf(urn)) ? [] : [{ type: "output", name: nameOf(urn), text }];
  }

  #begun(metadata: { op: string; urn: string; type: string }, at: number): LabEvent[] {
    const operation = OPERATIONS[metadata.op];
    if (!this.#acts(metadata.type) || operation === undefined) return [];
    const name = nameOf(metadata.urn);
    this.#started.set(metadata.urn, at);
    const title = this.#course.get(name)?.step.title ?? titleOf(name);
    return [{ type: "started", name, ...this.#place(name), title, operation, at }];
  }

  #done(metadata: { op: string; urn: string; type: string }, at: number): LabEvent[] {
    if (!this.#acts(metadata.type)) return [];
    const name = nameOf(metadata.urn);
    const started = this.#started.get(metadata.urn);
    const seconds = started === undefined ? 0 : (at - started) / 1000;
    return [{ type: "done", name, ...this.#place(name), changed: started !== undefined, seconds, at }];
  }
}

const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").pop() ?? "";

const TITLES: readonly (readonly [RegExp, (rest: string) => string])[] = [
  [/^secret\/(.+)$/, (name) => `Make the password ${name}`],
  [/^secrets\/(.+)$/, (name) => `Make the key ${name}`],
  [/^facts@(.+)$/, (node) => `Find out what ${node} can do`],
  [/^download@(.+)$/, (node) => `Fetch packages for ${node} ahead`],
];

/** A title for what is not a step of the course. */
export function titleOf(name: string): string {
  for (const [pattern, title] of TITLES) {
    const match = pattern.exec(name);
    if (match !== null) return title(match[1] ?? "");
  }
  return hardwareResource(name)?.title ?? name;
}

/** The engine marks colours as `<{%…%}>` even when told to use none. */
const plain = (text: string): string => text.replaceAll(/<\{%[^%]*%\}>/g, "");
