import { programText } from "../config/program-text.ts";
import { ANSWER, type Answer, END_OF_ANSWERS } from "./answers.ts";
import { python, QUESTION_SECONDS } from "./shell.ts";

/** Runs the texts of several questions, and prints each answer as it is known. */
const PROGRAM = programText("actions/ask.py");

/** Shell text to be run on a node. */
export interface Question {
  readonly text: string;
  /** Index of its answer, all that it prints with its exit code; or of several, each one line of what it prints. */
  readonly answers: number | readonly number[];
  /** Seconds until it is ended and counts as not answered. @default QUESTION_SECONDS */
  readonly seconds?: number;
}

/**
 * Shell that asks several questions, a few at the same time and more while they only wait: a question that hangs holds up no other. A
 * node whose disk is full can run it.
 */
export function ask(questions: readonly Question[]): string {
  const program = questions.map(({ text, answers, seconds = QUESTION_SECONDS }) => ({
    text: `(\nset -eu\n${text}\n) </dev/null`,
    answers: [answers].flat(),
    lines: typeof answers !== "number",
    seconds,
  }));
  return python(PROGRAM, program);
}

/** Reads the output of `ask` as it arrives. */
export class AnswerReader {
  #index: number | undefined;
  #lines: string[] = [];
  #rest = "";

  constructor(readonly onAnswer: (index: number, answer: Answer) => void) {}

  readonly read = (text: string): void => {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#line(line);
  };

  #line(line: string): void {
    const index = ANSWER.exec(line)?.[1];
    if (index === undefined && line !== END_OF_ANSWERS) return void this.#lines.push(line);
    if (this.#index !== undefined) this.onAnswer(this.#index, exitAnswer(this.#lines.join("\n")));
    this.#index = index === undefined ? undefined : Number(index);
    this.#lines = [];
  }
}

/** What a question printed, without its empty lines, and its exit code, from its text in the output of `ask`. */
export function exitAnswer(text: string): Answer {
  const printed = text.split("\n").filter((line) => line.trim() !== "");
  const code = /^exit (-?\d+)$/.exec(printed.at(-1) ?? "")?.[1];
  if (code === undefined) return { code: 1, stdout: text, stderr: "" };
  return { code: Number(code), stdout: printed.slice(0, -1).join("\n"), stderr: "" };
}
