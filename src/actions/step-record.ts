import type { Action } from "../curriculum/actions.ts";
import type { Answer } from "./answers.ts";
import { type Probe, probesOf, type Subject } from "./probes.ts";
import type { Difference } from "./types.ts";

/** What is embedded in a step's resource, so that the state alone tells whether the step still holds. Holds secrets. */
export interface StepRecord {
  readonly action: Action;
  /** Actions of the steps that wrote the configuration that it reads. */
  readonly reads: readonly Action[];
  readonly secrets: readonly string[];
}

export const stepRecord = (record: StepRecord): string => JSON.stringify(record);

/**
 * Probes whether a step holds. A step does not hold when the configuration that it reads does not.
 * @param text what `stepRecord` returned
 * @param run runs shell where the step was done
 * @throws what `run` throws
 */
export async function differencesOf(
  text: string,
  run: (script: string) => Promise<Answer>,
): Promise<Difference[]> {
  const { action, reads, secrets } = JSON.parse(text) as StepRecord;
  const subjects = [action, ...reads].map((one) => ({ action: one, secrets }));
  const [own = [], ...others] = await probeAll(subjects, run);
  const read = others.flat();
  if (own.length > 0 || read.length === 0) return own;
  return read.map((difference) => ({ ...difference, what: `read by this unit: ${difference.what}` }));
}

async function probeAll(
  subjects: readonly Subject[],
  run: (script: string) => Promise<Answer>,
): Promise<Difference[][]> {
  const found = new Map<Subject, Difference[]>();
  const probe = async ({ subjects: probed, script, judge }: Probe<Subject>): Promise<void> => {
    const differences = judge(await run(script));
    for (const [index, subject] of probed.entries()) found.set(subject, differences[index] ?? []);
  };
  await Promise.all(probesOf(subjects).map(probe));
  return subjects.map((subject) => found.get(subject) ?? []);
}

/** A difference in one line, for Pulumi's display. */
export const inLine = ({ what, seen, expected }: Difference): string => `${what}: ${seen} → ${expected}`;
