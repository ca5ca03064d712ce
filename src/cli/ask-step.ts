import { UserError } from "../config/errors.ts";
import { THIS_MACHINE } from "../curriculum/types.ts";
import type { Answer, Ask, Question } from "../run/interactive.ts";
import type { Invocation } from "./command.ts";
import { INTERRUPTED, Interrupted } from "./interrupt.ts";
import { type Style, styleFor } from "./views/style.ts";

/** Unclear answers that are accepted before the answer counts as no. When the input has ended, every answer is unclear. */
const UNCLEAR = 3;

/** Asks a person before each step. */
export interface Asking {
  readonly ask: Ask;
  /** The exit code when Ctrl-C was pressed instead of an answer. */
  readonly interrupted: () => typeof INTERRUPTED | undefined;
}

/** @throws UserError (exit code 2) when there is nobody to ask */
export function askBeforeSteps({ context, options }: Invocation): Asking {
  if (!context.stdin.isTTY || options.json) {
    const found = options.json ? "--json" : "no terminal";
    throw new UserError(
      `--step: found ${found}, expected a terminal to ask at before each step. Without it, \`--through <step>\` goes as far as a step.`,
    );
  }
  const style = styleFor(context.stderr, context.env);
  let interrupted = false;
  return {
    interrupted: () => (interrupted ? INTERRUPTED : undefined),
    ask: async (question) => {
      context.stderr.write(`${lines(question, style).join("\n")}\n`);
      for (let unclear = 0; unclear < UNCLEAR; unclear++) {
        const said = await context.stdin.ask(prompt(question)).catch((error: unknown) => {
          if (!(error instanceof Interrupted)) throw error;
          interrupted = true;
          return "quit";
        });
        const answer = parseAnswer(said, question);
        if (answer !== undefined) return answer;
      }
      return "stop";
    },
  };
}

/** What a person sees of a step before it is done. */
function lines({ planned: { step, node }, commands, number, of }: Question, style: Style): string[] {
  const where = node === THIS_MACHINE ? "this machine" : node;
  return [
    "",
    style.strong(`${number} of ${of}  ${step.id} on ${where}: ${step.title}`),
    `  ${step.why}`,
    "",
    ...commands.flatMap((command) => command.split("\n")).map((line) => `    ${line}`),
    "",
  ];
}

const prompt = ({ skippable }: Question): string =>
  `Do it? [y]es, ${skippable ? "[s]kip (no other step needs it), " : ""}[n]o or [q]uit: stop here `;

/** @returns undefined for an unclear answer */
export function parseAnswer(said: string, { skippable }: Pick<Question, "skippable">): Answer | undefined {
  const word = said.trim().toLowerCase();
  if (/^y(es)?$/.test(word)) return "yes";
  if (/^(no?|q(uit)?)$/.test(word)) return "stop";
  return skippable && /^s(kip)?$/.test(word) ? "skip" : undefined;
}
