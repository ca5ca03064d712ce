import { LAB } from "../../config/paths.ts";
import type { ProbedLab } from "../../drift/probe-lab.ts";
import type { ObservedNode } from "../../engine/observed.ts";
import type { CurrentStack } from "../../engine/stack.ts";
import { reconcileCommand } from "../../engine/target.ts";
import { stillStarting } from "../../run/after-restore.ts";
import type { ServiceStatus, StepStatus } from "../../run/service-status.ts";
import type { Invocation } from "../command.ts";
import { hasDrifted } from "./differences.ts";
import { show } from "./show.ts";
import { type Style, styleFor } from "./style.ts";
import { table } from "./table.ts";
import { beyondTarget } from "./target.ts";
import { clean, duration, shorten } from "./text.ts";

/** A node, what is known of it, and whether it answers. */
export interface NodeStatus extends Pick<ObservedNode, "name" | "roles" | "addresses" | "facts"> {
  readonly reachable: boolean;
}

/** A stack that exists. */
interface Status {
  readonly current: CurrentStack;
  readonly nodes: readonly NodeStatus[];
  /** What people must know of the nodes and `up` leaves as it is. */
  readonly remarks: readonly string[];
  readonly services: readonly ServiceStatus[];
  readonly probed: ProbedLab;
  /** Show every step. */
  readonly steps: boolean;
}

export const notBuiltView = (invocation: Invocation, stack: string, lab: string): void =>
  show(
    invocation,
    () => [`${stack} is not built: ${LAB} up --stack ${stack} builds it.`],
    () => [{ type: "stack", stack, lab, exists: false }],
  );

export function statusView(invocation: Invocation, status: Status): void {
  const { stdout, env } = invocation.context;
  const style = styleFor(stdout, env);
  const fitted = (line: string): string =>
    colour(stdout.columns === undefined ? line : shorten(line, stdout.columns), style);
  show(
    invocation,
    () => [...tables(status).map(fitted), ...whatNext(status)],
    () => records(status),
  );
}

/** Nodes, then services, with `--steps` each with its steps. */
function tables({ current, nodes, services, steps }: Status): string[] {
  const done = services.reduce((sum, service) => sum + service.done, 0);
  const total = services.reduce((sum, service) => sum + service.total, 0);
  return [
    `${current.name}: ${current.config.lab}, ${nodes.length} nodes, ${done} of ${total} steps done`,
    "",
    ...nodeTable(nodes),
    ...(steps ? services.flatMap(stepTable) : ["", ...serviceTable(services)]),
  ];
}

/** A fact that has a column of its own. */
const FACTS = { virt_type: "VIRTUALIZATION", datapath: "DATAPATH" } as const;

function nodeTable(nodes: readonly NodeStatus[]): string[] {
  const facts = shownFacts(nodes);
  return table([
    ["NODE", "ROLES", "MANAGEMENT", "TUNNEL", "PROVIDER", ...facts.map((fact) => FACTS[fact]), "REACHABLE"],
    ...nodes.map((node) => [
      node.name,
      node.roles.join(","),
      node.addresses.management,
      node.addresses.tunnel,
      node.addresses.provider,
      ...facts.map((fact) => node.facts[fact] ?? "-"),
      node.reachable ? "yes" : "no",
    ]),
  ]);
}

/** Facts that are known of some node; the datapath only in a lab with Open vSwitch, which has a network node. */
function shownFacts(nodes: readonly NodeStatus[]): (keyof typeof FACTS)[] {
  const known = (fact: string): boolean => nodes.some(({ facts }) => facts[fact] !== undefined);
  const network = nodes.some(({ roles }) => roles.includes("network"));
  return [
    ...(known("virt_type") ? (["virt_type"] as const) : []),
    ...(network && known("datapath") ? (["datapath"] as const) : []),
  ];
}

const serviceTable = (services: readonly ServiceStatus[]): string[] =>
  table([
    ["SERVICE", "STEPS", "TIME", "STATE"],
    ...services.map((service) => [
      service.service,
      `${service.done}/${service.total}`,
      service.done > 0 ? duration(service.seconds) : "-",
      stateOf(service),
    ]),
  ]);

/** A service's state in a few words: what needs attention first. */
function stateOf({ done, total, steps }: ServiceStatus): string {
  const drifted = steps.filter(({ drift }) => drift !== undefined).length;
  const blocked = steps.filter((step) => step.blocked).length;
  const open = steps.filter((step) => step.done === undefined && !step.later).length;
  const parts = [
    ...(drifted > 0 ? [`drifted ${drifted}`] : []),
    ...(blocked > 0 ? [`blocked ${blocked}`] : []),
    ...(open > 0 && done > 0 ? [`${open} not done`] : []),
  ];
  if (parts.length > 0) return parts.join(", ");
  if (done === total) return "done";
  if (done > 0) return "done up to the target";
  return open > 0 ? "not done" : "beyond the target";
}

function stepTable({ service, done, total, seconds, steps }: ServiceStatus): string[] {
  const rows = steps.map((step) => [
    mark(step),
    step.node,
    step.step,
    step.done?.seconds === undefined ? "" : duration(step.done.seconds),
    step.title,
  ]);
  return [
    "",
    `${service}  ${done}/${total}${done > 0 ? `  ${duration(seconds)}` : ""}`,
    ...table(rows).map((row) => `  ${row}`),
  ];
}

const mark = ({ done, drift }: StepStatus): string =>
  done === undefined ? "·" : drift === undefined ? "✔" : "✘";

/** What is not as it should be, and what to do about it. */
function whatNext({ current, remarks, services, probed }: Status): string[] {
  const starting = hasDrifted(probed) ? stillStarting(current.state.target) : undefined;
  const beyond = beyondTarget(current);
  const open = services.flatMap(({ steps }) => steps).filter((step) => !step.done && !step.later).length;
  const paragraphs = [
    [...remarks],
    driftLines(current, services),
    blockedLines(probed),
    starting === undefined ? [] : [starting],
    open === 0 ? [] : [`${open} ${open === 1 ? "step is" : "steps are"} not done yet: ${LAB} up goes on.`],
    beyond === undefined ? [] : [beyond],
  ];
  return paragraphs.flatMap((lines) => (lines.length === 0 ? [] : ["", ...lines]));
}

function driftLines({ steps: course, state }: CurrentStack, services: readonly ServiceStatus[]): string[] {
  const drifted = services.flatMap(({ steps }) => steps.filter(({ drift }) => drift !== undefined));
  if (drifted.length === 0) return [];
  const names = drifted.map(({ step, node }) => `${step}@${node}`);
  const [count, again] =
    drifted.length === 1 ? ["1 step has", "it"] : [`${drifted.length} steps have`, "them"];
  return [
    `${count} drifted: ${LAB} preview shows all differences, ${LAB} ${reconcileCommand(state.target, course, names)} does ${again} again`,
    ...drifted.map(({ node, step, drift = [] }) => {
      const [first] = drift;
      return `  ${node}  ${step}: ${first === undefined ? "" : `${first.what}: ${clean(first.seen)}`}`;
    }),
  ];
}

/** Steps that do not hold, and of which another may be the cause. */
function blockedLines({ steps }: ProbedLab): string[] {
  const blocked = steps.filter(({ status }) => status === "blocked").length;
  if (blocked === 0) return [];
  const more = steps.some(({ status }) => status === "drifted") ? "more " : "";
  return [
    `${blocked} ${more}cannot be judged yet: no probe answered, or a step that they need has drifted. ${LAB} preview shows them.`,
  ];
}

/** Colours come last, when nothing is measured any more. */
const colour = (line: string, style: Style): string =>
  line
    .replace(/^ {2}✔/, `  ${style.good("✔")}`)
    .replace(/^ {2}✘/, `  ${style.bad("✘")}`)
    .replace(/ no$/, ` ${style.bad("no")}`)
    .replace(/(?:drifted|blocked) \d+/, (state) => style.bad(state))
    .replace(/^[A-Z]+ .*|^\S+ {2}\d+\/\d+(?: {2}[^a-z]*\S+)?$/, (head) => style.strong(head));

function records({ current, nodes, remarks, services }: Status): object[] {
  const { name: stack, config, state } = current;
  const { target } = state;
  return [
    {
      type: "stack",
      stack,
      lab: config.lab,
      exists: true,
      ...(target === undefined ? {} : { goal: target }),
    },
    ...nodes.map((node) => ({ type: "node", ...node })),
    ...remarks.map((text) => ({ type: "remark", text })),
    ...services.flatMap((service) => {
      const { steps, ...counts } = service;
      return [
        { type: "service", ...counts, state: stateOf(service) },
        ...steps.map(({ done, drift, step, node, title }) => ({
          type: "step",
          service: service.service,
          step,
          node,
          title,
          done: done !== undefined,
          ...(drift === undefined ? {} : { drift }),
          seconds: done?.seconds,
          at: done?.at,
        })),
      ];
    }),
  ];
}
