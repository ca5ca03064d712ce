import type { Action } from "../curriculum/actions.ts";
import type { Answer } from "./answers.ts";
import { type Look, looksOf } from "./look.ts";
import type { Difference } from "./types.ts";

/** What a step's resource carries. Holds secrets. */
export interface Carried {
  readonly action: Action;
  /** Of a unit, what wrote all that it reads. */
  readonly reads: readonly Action[];
  readonly secrets: readonly string[];
}

export const carry = (carried: Carried): string => JSON.stringify(carried);

/**
 * Looks whether a step holds; a unit does not where what it reads does not.
 * @param ask runs shell where the step is done
 * @throws what `ask` throws
 */
export async function differencesOf(
  text: string,
  ask: (script: string) => Promise<Answer>,
): Promise<Difference[]> {
  const { action, reads, secrets } = JSON.parse(text) as Carried;
  const [own = [], ...others] = await askAll(
    [action, ...reads].map((one) => ({ action: one, secrets })),
    ask,
  );
  const read = others.flat();
  if (own.length > 0 || read.length === 0) return own;
  return read.map((difference) => ({ ...difference, what: `read by this unit: ${difference.what}` }));
}

async function askAll(
  subjects: readonly { readonly action: Action; readonly secrets: readonly string[] }[],
  ask: (script: string) => Promise<Answer>,
): Promise<Difference[][]> {
  const answers = new Map<Action, Difference[]>();
  const answer = async (one: Look<(typeof subjects)[number]>): Promise<void> => {
    const found = one.judge(await ask(one.script));
    for (const [index, { action }] of one.subjects.entries()) answers.set(action, found[index] ?? []);
  };
  await Promise.all(looksOf(subjects).map(answer));
  return subjects.map(({ action }) => answers.get(action) ?? []);
}

/** A difference in a line, as a row of Pulumi's shows it. */
export const inLine = ({ what, seen, expected }: Difference): string => `${what}: ${seen} → ${expected}`;
