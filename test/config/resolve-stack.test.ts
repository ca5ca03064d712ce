import { expect, it } from "vitest";
import { resolveStack, stackNames } from "../../src/config/resolve-stack.ts";

const two = ["lab001-local", "lab002-local"];

it.each([
  ["what was asked for", { asked: "lab001-local", last: "lab002-local", known: two }, "lab001-local"],
  ["the one used last", { last: "lab001-local", known: two }, "lab001-local"],
  ["not one used last that is gone", { last: "mine", known: two }, "lab002-local"],
  ["the only one", { known: ["mine"] }, "mine"],
  ["the default", { known: two }, "lab002-local"],
])("takes %s", (_, choice, stack) => {
  expect(resolveStack(choice)).toBe(stack);
});

it.each([
  [{ asked: "lab1", known: two }, '--stack: found "lab1", expected one of lab001-local, lab002-local'],
  [
    { asked: "lab02-local", known: two },
    '--stack: found "lab02-local", expected one of lab001-local, lab002-local; did you mean "lab002-local"?',
  ],
  [{ known: ["a", "b"] }, "--stack: found nothing, expected one of a, b"],
  [{ known: [] }, "--stack: found nothing, expected a file stacks/Pulumi.<name>.yaml"],
])("answers %j with the stacks there are", (choice, message) => {
  expect(() => resolveStack(choice)).toThrow(expect.objectContaining({ message, exitCode: 2 }));
});

it("knows stack files by their names", () => {
  expect(stackNames(["Pulumi.b.yaml", "README.md", "Pulumi.yaml", "Pulumi.a.yaml"])).toEqual(["a", "b"]);
});
