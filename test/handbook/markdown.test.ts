import { describe, expect, it } from "vitest";
import { article } from "../../src/handbook/markdown.ts";

const TEXT = `# A *title*

Lead with [a link](other.md) and [none](gone.md).

## Head \`code\` & more

| a | b |
| --- | --- |
| 1 | <x> |
`;
const find = (target: string) => (target === "other.md" ? "part/other.html#x" : undefined);
const place = { root: "../", prefix: "p--", paper: false };

describe("a text", () => {
  const { title, sections, body } = article(TEXT, find);
  const { text } = body(place);

  it("has its first heading as title, not in the body", () => {
    expect(title).toBe("A title");
    expect(text).not.toContain("<h1");
  });

  it("has an anchor for every other heading, and the words below it for the search", () => {
    expect(text).toContain('<h2 id="p--head-code-more">');
    expect(sections).toEqual([{ id: "head-code-more", title: "Head code & more", text: "a b 1 <x>" }]);
  });

  it("has links relative to its page, and plain text for pages that do not exist", () => {
    expect(text).toContain('<a href="../part/other.html#x">a link</a> and none.');
  });

  it("has tables that scroll on a small screen", () => expect(text).toContain('<div class="wide"><table>'));

  it("must have a title", () => expect(() => article("text", find)).toThrow(/title/));
});
