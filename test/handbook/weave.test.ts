import { describe, expect, it } from "vitest";
import { weave } from "../../src/handbook/weave.ts";

const woven = (main: string, other: string): string => weave([...main], [...other], (item) => item).join("");

describe("two lists woven into one", () => {
  it.each([
    ["abc", "abc", "abc"],
    ["abc", "", "abc"],
    ["ac", "abc", "abc"],
    ["abd", "abcd", "abcd"],
    ["bc", "abc", "abc"],
    ["ab", "abcd", "abcd"],
    ["axb", "ayzb", "ayzxb"],
  ])("%s and %s are %s", (main, other, expected) => expect(woven(main, other)).toBe(expected));
});
