import { describe, expect, it } from "vitest";
import { table } from "../../../src/cli/views/table.ts";
import { clean, duration, elapsed, pad, shorten, widthOf } from "../../../src/cli/views/text.ts";

it.each([
  ["", 0],
  ["abc", 3],
  ["起動", 4],
  ["コンピュート", 12],
  ["é", 1],
  ["e\u0301", 1],
  ["✔ ⠙ …", 5],
  ["🚀", 2],
] as const)("%j takes %i columns", (text, columns) => {
  expect(widthOf(text)).toBe(columns);
});

describe("shorten", () => {
  it.each([
    ["abcdef", 6, "abcdef"],
    ["abcdef", 5, "abcd…"],
    ["起動する", 8, "起動する"],
    ["起動する", 7, "起動す…"],
    ["起動する", 6, "起動…"],
    ["abc", 1, "…"],
    ["abc", 0, ""],
    ["abc", -3, ""],
  ] as const)("%j to %i columns is %j", (text, columns, result) => {
    expect(shorten(text, columns)).toBe(result);
    expect(widthOf(shorten(text, columns))).toBeLessThanOrEqual(Math.max(0, columns));
  });
});

it("cleans what would move the cursor or change colours", () => {
  expect(clean("\u001b[31mred\u001b[0m\ttab\r\u0007 \u001b]0;title\u0007end")).toBe("red tab end");
});

it.each([
  [0.04, "0.0 s"],
  [12.34, "12.3 s"],
  [59.94, "59.9 s"],
  [59.96, "1 min 00 s"],
  [125.4, "2 min 05 s"],
  [3600, "1 h 00 min"],
  [3725, "1 h 02 min"],
])("%d seconds took %s", (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

it.each([
  [-1, "0 s"],
  [0.9, "0 s"],
  [59.99, "59 s"],
  [60, "1 min 00 s"],
  [119.9, "1 min 59 s"],
])("%d seconds so far are %s", (seconds, text) => {
  expect(elapsed(seconds)).toBe(text);
});

it("puts cells below each other, wide characters or not", () => {
  expect(table([["a", "起動", "x"], ["bcd", "e", ""], []])).toEqual(["a    起動  x", "bcd  e", ""]);
  expect(pad("abc", 2)).toBe("abc");
});
