import { expect, it } from "vitest";
import { type Answer, answersOf } from "../../src/actions/answers.ts";
import { AnswerReader, ask, exitAnswer } from "../../src/actions/ask.ts";
import { limited } from "../../src/actions/shell.ts";
import { folder, run } from "./shell.ts";

const answers = (stdout: string, count: number) =>
  answersOf(stdout, count)
    .map(exitAnswer)
    .map(({ code, stdout }) => [code, stdout]);

it("each question has its own answer: what it printed and its exit code", () => {
  const { stdout } = run(
    ask([
      { text: "echo one; echo two >&2; exit 3", answers: 0 },
      { text: "false\necho never", answers: 2 },
      { text: "printf 'no end'", answers: 1 },
    ]),
  );
  expect(answers(stdout, 3)).toEqual([
    [3, "one\ntwo"],
    [0, "no end"],
    [1, ""],
  ]);
});

it("a question that hangs is ended with all that it started, also what was stopped, and the others have their answers", () => {
  const root = folder();
  const hangs = `sleep 1000 & echo $! >${root}/child; echo before; kill -STOP $!; wait`;
  const questions = [0, 1, 2, 3, 4, 5].map((answers) => ({ text: hangs, answers, seconds: 1 }));
  const { stdout } = run(ask([...questions, { text: "echo well", answers: 6 }]));
  const all = answers(stdout, 7);
  expect(all.slice(0, 6)).toEqual(questions.map(() => [124, "before\nno answer within 1 s"]));
  expect(all[6]).toEqual([0, "well"]);
  const state = run(`sed -n 's/^State:.//p' "/proc/$(cat ${root}/child)/status" 2>/dev/null || true`);
  expect(state.stdout).toMatch(/^(Z.*\n)?$/);
});

it("one question may answer several, a line each; the last line is also the answer of those without one", () => {
  const { stdout } = run(ask([{ text: "echo a; echo b", answers: [2, 0, 1] }]));
  expect(answersOf(stdout, 3).map((text) => text.trim())).toEqual(["b", "b", "a"]);
});

it("an answer that never came is no success", () => {
  expect(exitAnswer(answersOf("@@ answer 0 @@\n\nexit 0\n@@ end of answers @@\n", 2)[1] ?? "")).toMatchObject(
    {
      code: 1,
    },
  );
});

it("answers are read while they arrive, in any pieces", () => {
  const seen: [number, Answer][] = [];
  const reader = new AnswerReader((index, answer) => void seen.push([index, answer]));
  for (const piece of ["@@ ans", "wer 1 @@\nwell\n\nexit", " 0\n@@ end of answers @@\n@@ answer 0 @@\n"]) {
    reader.read(piece);
  }
  expect(seen).toEqual([[1, { code: 0, stdout: "well", stderr: "" }]]);
});

it("a limited text exits as it does by itself, and with 124 where it is ended", () => {
  expect(run(`(\n${limited("echo END; exit 3")}\n)`)).toMatchObject({ code: 3, stdout: "END\n" });
  const hung = run(`(\n${limited("cat <<'END'\nx\nEND\nsleep 1000", 1)}\n)`);
  expect(hung).toMatchObject({ code: 124, stdout: "x\nno answer within 1 s\n" });
});
