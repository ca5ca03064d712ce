import { readdirSync } from "node:fs";
import { LAB_ROLES } from "../../config/labs.ts";
import { stackNames } from "../../config/resolve-stack.ts";
import { LABS } from "../../curriculum/labs.ts";
import { FORMATS } from "../../graph/formats.ts";
import { readStackFile } from "../../hardware/stack-config.ts";
import type { Context } from "../context.ts";
import { stackOf } from "../stack.ts";
import { SHELLS } from "./shells.ts";

/** Something that can be typed, and what it is. */
export interface Candidate {
  readonly value: string;
  readonly meaning?: string;
}

/** What is known of the command line before the word. */
interface Before {
  readonly context: Context;
  /** `--stack` */
  readonly stack: string | undefined;
  /** The word, as far as it is typed. */
  readonly word: string;
}

type Values = (before: Before) => readonly Candidate[] | Promise<readonly Candidate[]>;

/**
 * Values of options and arguments by their names. They come from the stack file, the course and the stack's folder: the engine would
 * take too long.
 */
export const VALUES: Readonly<Record<string, Values>> = {
  "--stack": ({ context }) => named(stackNames(readdirSync(context.stacks))),
  "--lab": () => named(Object.keys(LAB_ROLES)),
  "--format": () => named(Object.keys(FORMATS)),
  "--through": (before) => [...services(before), ...steps(before)],
  shell: () => named(SHELLS),
  node: (before) =>
    Object.entries(configOf(before).nodes).map(([value, { roles }]) => ({
      value,
      meaning: roles.join(", "),
    })),
  service: services,
  step: async (before) => (before.word.includes("@") ? plannedSteps(before) : steps(before)),
  "step-or-service": (before) => [...services(before), ...steps(before)],
  checkpoint: async ({ context, stack }) =>
    named(await context.lab.checkpoints.names(stackOf(context, stack))),
};

/** Options whose value is a file or a folder: the shell completes it. */
export const FILES: readonly string[] = ["--out"];

const named = (values: readonly string[]): Candidate[] => values.map((value) => ({ value }));

const configOf = ({ context, stack }: Before) => readStackFile(stackOf(context, stack), context.stacks);

const courseOf = (before: Before) => LABS[configOf(before).lab]?.services ?? [];

function services(before: Before): Candidate[] {
  return courseOf(before).map(({ id, title }) => ({ value: id, meaning: title }));
}

function steps(before: Before): Candidate[] {
  return courseOf(before).flatMap((service) =>
    service.steps.map(({ id, title }) => ({ value: id, meaning: title })),
  );
}

async function plannedSteps(before: Before): Promise<Candidate[]> {
  const planned = await before.context.lab.stacks.plannedSteps(configOf(before));
  return planned.map(({ name, step }) => ({ value: name, meaning: step.title }));
}
