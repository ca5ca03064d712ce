import { expect, test } from "vitest";
import { masker } from "../../src/actions/mask.ts";

test.each([
  ["a secret", ["hunter22"], "it is hunter22.", "it is ********."],
  ["each of its lines, as they stand in other text", ["key one\n  key two\n"], "+ key two", "+ ********"],
  ["not its shortest lines", ["long secret\nfi"], "fi", "fi"],
  ["the longest first", ["secret", "secret-and-more"], "secret-and-more", "********"],
  ["nothing for an empty secret", [""], "text", "text"],
])("masks %s", (_, secrets, text, expected) => {
  expect(masker(secrets)(text)).toBe(expected);
});
