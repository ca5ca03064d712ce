import { describe, expect, it } from "vitest";
import { mergeInOrder } from "../../src/handbook/merge-in-order.ts";

const merged = (main: string, other: string): string =>
  mergeInOrder([...main], [...other], (item) => item).join("");

describe("two lists merged in order", () => {
  it.each([
    ["abc", "abc", "abc"],
    ["abc", "", "abc"],
    ["ac", "abc", "abc"],
    ["abd", "abcd", "abcd"],
    ["bc", "abc", "abc"],
    ["ab", "abcd", "abcd"],
    ["axb", "ayzb", "ayzxb"],
  ])("%s and %s become %s", (main, other, expected) => expect(merged(main, other)).toBe(expected));
});
