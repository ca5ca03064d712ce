import { expect, test } from "vitest";
import { median, random } from "../../../scripts/measure/numbers.ts";
import { selected } from "../../../scripts/measure/program.ts";
import { nameOfSource } from "../../../scripts/measure/source.ts";
import { stackText } from "../../../scripts/measure/stack.ts";
import { type UpLine, upFigures } from "../../../scripts/measure/up.ts";

const IDS = ["lab001:down", "lab002:down", "lab002:baked"];

test.each([
  ["all by default", undefined, IDS],
  ["one", ["lab002:baked"], ["lab002:baked"]],
  ["all of one beginning", ["lab002"], ["lab002:down", "lab002:baked"]],
  ["several, in their own order", ["lab002:baked", "lab001"], ["lab001:down", "lab002:baked"]],
])("selected: %s", (_name, only, wanted) => {
  expect(selected(IDS, only)).toEqual(wanted);
});

test("an unknown name is answered with those there are", () => {
  expect(() => selected(IDS, ["lab002:bakd"])).toThrow(/found "lab002:bakd".*lab001:down.*lab002:baked"\?/);
});

test.each([
  [[3, 1, 2], 2],
  [[1, 2, 3, 4], 3],
  [[], Number.NaN],
])("median of %j", (values, middle) => {
  expect(median(values)).toBe(middle);
});

test("random numbers are spread evenly, and not in order", () => {
  const draw = random(1);
  const drawn = Array.from({ length: 10_000 }, draw);
  for (const tenth of Array.from({ length: 10 }, (_, index) => index / 10)) {
    const share = drawn.filter((value) => value >= tenth && value < tenth + 0.1).length / drawn.length;
    expect(share).toBeGreaterThan(0.08);
    expect(share).toBeLessThan(0.12);
  }
});

test("a program with changes that are not committed is not the commit's", () => {
  expect(nameOfSource("0123456789", "")).toBe("0123456789");
  expect(nameOfSource("0123456789", " M src/lab/run.ts")).toBe("0123456789-changed");
});

test("a stack file is written anew around its salt", () => {
  const config = "config:\n  scratchstack:lab: lab001\n";
  expect(stackText(config, "")).toBe(config);
  expect(stackText(config, "config:\n  other: 1\nencryptionsalt: v1:abc=\n")).toBe(
    `${config}encryptionsalt: v1:abc=\n`,
  );
});

test("of an up, the steps that were done and the critical path are kept", () => {
  const done = { type: "done", node: "control", seconds: 2, at: 0 } as const;
  const lines: UpLine[] = [
    { type: "plan", total: 3, at: 0 },
    { ...done, name: "a/b@control", step: "a/b", changed: true },
    { ...done, name: "a/c@control", step: "a/c", changed: false },
    { ...done, name: "download@control", changed: true },
    { type: "summary", changed: 2, criticalPath: [{ name: "a/b@control", seconds: 2 }] },
  ];
  expect(upFigures({ seconds: 9, lines })).toEqual({
    seconds: 9,
    steps: [{ name: "a/b@control", seconds: 2 }],
    criticalPath: [{ name: "a/b@control", seconds: 2 }],
  });
});
