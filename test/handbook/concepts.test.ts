import { describe, expect, it } from "vitest";
import { conceptPages } from "../../src/handbook/concepts.ts";

const page = (link: string, has = () => true) => {
  const [first] = conceptPages({ "002-networking/03-a.md": `# A\n\n[x](${link})` }, has);
  return first?.body({ root: "", prefix: "", paper: false }).text;
};

describe("the texts of the modules", () => {
  it("have pages named without their numbers, in the order of the numbers", () => {
    const texts = { "003-b/01-z.md": "# Z", "001-a/02-y.md": "# Y", "001-a/01-x.md": "# X" };
    expect(conceptPages(texts, () => true).map(({ path, title }) => `${path} ${title}`)).toEqual([
      "a/x.html X",
      "a/y.html Y",
      "b/z.html Z",
    ]);
  });

  it.each([
    ["01-b.md#place", "networking/b.html#place"],
    ["../001-introduction/02-c.md", "introduction/c.html"],
    ["service:nova", "services/nova.html"],
    ["step:nova/start", "services/nova.html#start"],
    ["flow:9a", "flow.html#step-9a"],
    ["flow:", "flow.html"],
  ])("link %s to %s", (link, expected) => expect(page(link)).toContain(`href="${expected}"`));

  it("have plain text instead of a link if this lab has no such page", () =>
    expect(page("service:neutron", () => false)).toBe("<p>x</p>\n"));

  it("fail on a link to something else", () => expect(() => page("notes.txt")).toThrow(/expected a text/));
});
