import { cp, mkdir } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { ConfiguredStack } from "../config/schema.ts";
import type { Checkpoints } from "../hardware/types.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import { sshFolder } from "../plan/this-machine.ts";
import { nodesIn } from "../program/scope.ts";
import { currentDeployment } from "./current-deployment.ts";
import { type Deployment, knows, progressOf, settled } from "./deployment.ts";
import { leavingNone } from "./orphans.ts";
import {
  type CheckpointRecord,
  checkpointFolder,
  newId,
  readRecord,
  sshCopy,
  writeRecord,
} from "./record.ts";

/** Milliseconds in which the state has a step that was just told to be done. */
const SETTLING = 2_000;

/** What is taken. */
export interface Wanted {
  /** All for the same moment. */
  readonly names: readonly string[];
  readonly automatic: boolean;
  /** Names of the planned steps that the state should say are done. */
  readonly with: readonly string[];
}

/**
 * Takes a checkpoint of a standing stack. The state comes first: what is done between it and the snapshots is done again after
 * a restore, as every step may be.
 * @param course of the lab, whole
 * @returns undefined where there is no node yet
 */
export async function take(
  { name: stack, config }: ConfiguredStack,
  course: readonly PlannedStep[],
  hardware: Checkpoints,
  wanted: Wanted,
): Promise<CheckpointRecord[]> {
  const deployment = await settledState(stack, wanted.with);
  const nodes = nodesIn(deployment.resources ?? []);
  const [first] = wanted.names;
  if (nodes.length === 0 || first === undefined) return [];
  const now = new Date();
  const id = newId(first, now);
  const before = await Promise.all(wanted.names.map((name) => readRecord(stack, name)));
  const replaced = before.flatMap((record) => record?.id ?? []);
  return await leavingNone(stack, hardware, [id, ...replaced], async () => {
    await keepHere(stack, id);
    await hardware.take(stack, nodes, id);
    const found = wanted.names.map((name): CheckpointRecord => {
      const { automatic } = wanted;
      const of = { id, at: now.toISOString(), kind: config.hardware.kind, lab: config.lab, nodes };
      return { name, automatic, ...of, ...progress(course, deployment) };
    });
    for (const record of found) await writeRecord(stack, record, settled(deployment));
    return found;
  });
}

/** The engine tells that a step is done a moment before it notes it. */
async function settledState(stack: string, names: readonly string[]): Promise<Deployment> {
  const patience = Date.now() + SETTLING;
  for (;;) {
    const found = await currentDeployment(stack);
    if (knows(found, names) || Date.now() > patience) return found;
    await wait(50);
  }
}

/** What a state says of a course. */
function progress(
  course: readonly PlannedStep[],
  deployment: Deployment,
): Pick<CheckpointRecord, "services" | "steps" | "done" | "underway"> {
  const { done, underway } = progressOf(deployment);
  const known = new Set(done);
  const services = [...new Set(course.map(({ service }) => service))];
  const complete = services.filter((service) =>
    course.every((item) => item.service !== service || known.has(item.name)),
  );
  const steps = course.filter(({ name }) => known.has(name));
  return {
    services: { done: complete.length, total: services.length },
    steps: { done: steps.length, total: course.length },
    done,
    underway,
  };
}

/** With which servers are logged in to from here: done by steps like any other, but on no node. */
async function keepHere(stack: string, id: string): Promise<void> {
  await mkdir(checkpointFolder(stack), { recursive: true, mode: 0o700 });
  await cp(sshFolder(stack), sshCopy(stack, id), { recursive: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  });
}
