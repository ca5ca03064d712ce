import { describe, expect, it } from "vitest";
import { quote } from "../../src/config/quote.ts";
import { NO_VALUES, placeholder, withoutValues, withValues } from "../../src/handbook/placeholders.ts";

const token = "secret:keystone/database";
const known = { secret: (name: string) => (name === token ? "5ec2e7" : undefined) };

describe("a placeholder", () => {
  it("needs no quotes in shell", () => expect(quote(placeholder(token))).toBe(placeholder(token)));

  it("becomes its value in a hidden span if it may be shown", () => {
    const { text } = withValues(`a<${placeholder(token)}>b`, known);
    expect(text).toMatch(/^a&lt;<span class="secret"[^>]*>5ec2e7<\/span>&gt;b$/);
    expect(text).toContain('aria-label="KEYSTONE_DATABASE_PASSWORD, hidden: show it"');
  });

  it("becomes a word if it may not be shown", () => {
    const { text } = withValues(`x ${placeholder(token)} ${placeholder("fact:virt_type")}`, NO_VALUES);
    expect(text.replace(/<[^>]*>/g, "")).toBe("x KEYSTONE_DATABASE_PASSWORD VIRT_TYPE");
    expect(text).not.toContain("5ec2e7");
  });

  it("becomes a word in plain text, whatever is known", () =>
    expect(withoutValues(`-p ${placeholder(token)}!`)).toBe("-p KEYSTONE_DATABASE_PASSWORD!"));
});
