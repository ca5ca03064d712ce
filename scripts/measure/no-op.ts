import { UserError } from "../../src/config/errors.ts";
import { lab } from "./lab.ts";
import { summaryOf, type UpLine } from "./up.ts";

/**
 * Seconds of each `lab up` of a lab that is up to date.
 * @throws UserError when there was something to do
 */
export async function noOps(stack: string, times: number): Promise<number[]> {
  const all: number[] = [];
  while (all.length < times) all.push(await noOp(stack));
  return all;
}

async function noOp(stack: string): Promise<number> {
  const { seconds, lines } = await lab<UpLine>(stack, "up");
  const changed = summaryOf(lines)?.changed;
  if (changed === 0) return seconds;
  throw new UserError(`lab up on ${stack}, which is up to date: found ${changed} changes, expected none`, 1);
}
