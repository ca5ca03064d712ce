import { describe, expect, it } from "vitest";
import { quote } from "../../src/actions/quote.ts";
import { mark, marked, NOTHING_KNOWN, plain } from "../../src/handbook/marks.ts";

const token = "secret:keystone/database";
const known = { secret: (name: string) => (name === token ? "5ec2e7" : undefined) };

describe("a mark", () => {
  it("needs no quotes in shell, as the value has none", () => expect(quote(mark(token))).toBe(mark(token)));

  it("is its value in a span, hidden, where it may be shown", () => {
    const { text } = marked(`a<${mark(token)}>b`, known);
    expect(text).toMatch(/^a&lt;<span class="secret"[^>]*>5ec2e7<\/span>&gt;b$/);
    expect(text).toContain('aria-label="KEYSTONE_DATABASE_PASSWORD, hidden: show it"');
  });

  it("is a word where it may not", () => {
    const { text } = marked(`x ${mark(token)} ${mark("fact:virt_type")}`, NOTHING_KNOWN);
    expect(text.replace(/<[^>]*>/g, "")).toBe("x KEYSTONE_DATABASE_PASSWORD VIRT_TYPE");
    expect(text).not.toContain("5ec2e7");
  });

  it("is a word in plain text, whatever is known", () =>
    expect(plain(`-p ${mark(token)}!`)).toBe("-p KEYSTONE_DATABASE_PASSWORD!"));
});
