import { cp, mkdir, readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { ConfiguredStack } from "../config/schema.ts";
import { stateFile } from "../engine/backend.ts";
import { engineEnvironment } from "../engine/environment.ts";
import { pulumi, unreachable } from "../engine/pulumi.ts";
import type { Checkpoints } from "../hardware/types.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import { sshFolder } from "../plan/this-machine.ts";
import { nodesIn } from "../program/scope.ts";
import { type Deployment, deploymentIn, progressOf, recordsAsDone, withoutPending } from "./deployment.ts";
import { withoutOrphans } from "./orphans.ts";
import {
  type CheckpointRecord,
  checkpointFolder,
  newId,
  readRecord,
  sshCopy,
  writeRecord,
} from "./record.ts";

/** Milliseconds within which the state has a step that the engine has just reported as done. */
const STATE_DELAY = 2_000;

/** Which checkpoints to take. */
export interface CheckpointRequest {
  /** Names of one checkpoint, at least one. */
  readonly names: readonly string[];
  readonly automatic: boolean;
  /** Names of the planned steps that must be done in the state. */
  readonly with: readonly string[];
}

/**
 * Takes a checkpoint. The state comes before the snapshots: a step that is done between them is done again after a restore, which every
 * step allows.
 * @param course all planned steps of the lab
 * @returns a record for each name; none where no node exists yet
 */
export async function take(
  { name: stack, config }: ConfiguredStack,
  course: readonly PlannedStep[],
  hardware: Checkpoints,
  wanted: CheckpointRequest,
): Promise<CheckpointRecord[]> {
  const deployment = await stateWithDone(stack, wanted.with);
  const nodes = nodesIn(deployment.resources ?? []);
  const [first] = wanted.names;
  if (nodes.length === 0 || first === undefined) return [];
  const now = new Date();
  const id = newId(first, now);
  const before = await Promise.all(wanted.names.map((name) => readRecord(stack, name)));
  const replaced = before.flatMap((record) => record?.id ?? []);
  return await withoutOrphans(stack, hardware, [id, ...replaced], async () => {
    await copySshFolder(stack, id);
    await hardware.take(stack, nodes, id);
    const found = wanted.names.map((name): CheckpointRecord => {
      const { automatic } = wanted;
      const of = { id, at: now.toISOString(), kind: config.hardware.kind, lab: config.lab, nodes };
      return { name, automatic, ...of, ...progress(course, deployment) };
    });
    for (const record of found) await writeRecord(stack, record, withoutPending(deployment));
    return found;
  });
}

/** The state, once it has all these steps as done: the engine reports a step a moment before it records it. */
async function stateWithDone(stack: string, names: readonly string[]): Promise<Deployment> {
  const deadline = Date.now() + STATE_DELAY;
  for (;;) {
    const found = await currentDeployment(stack);
    if (recordsAsDone(found, names) || Date.now() > deadline) return found;
    await wait(50);
  }
}

/**
 * A stack's state at this moment, also while the engine works on it, secrets encrypted. The file of a file backend is read directly:
 * an export by the engine takes a second, which an `up` would pay for every checkpoint.
 * @throws UserError when the backend does not give it out
 */
async function currentDeployment(stack: string): Promise<Deployment> {
  const { PULUMI_BACKEND_URL } = await engineEnvironment(process.env);
  const file = stateFile(PULUMI_BACKEND_URL ?? "", stack);
  const text = file === undefined ? undefined : await readFile(file, "utf8").catch(() => undefined);
  const found = text === undefined ? undefined : deploymentIn(text);
  if (found !== undefined) return found;
  const { code, stdout, stderr } = await pulumi(["stack", "export", "--stack", stack]);
  if (/no stack named/.test(stderr)) return {};
  if (code !== 0) throw unreachable(stack, stderr);
  return deploymentIn(stdout) ?? {};
}

/** How much of a course is done in a state. */
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

/** Copies the folder with the keys of the lab's servers: steps write it, but it is on no node. */
async function copySshFolder(stack: string, id: string): Promise<void> {
  await mkdir(checkpointFolder(stack), { recursive: true, mode: 0o700 });
  await cp(sshFolder(stack), sshCopy(stack, id), { recursive: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  });
}
