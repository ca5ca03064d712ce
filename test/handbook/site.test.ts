import { describe, expect, it } from "vitest";
import { LABS } from "../../src/curriculum/labs.ts";
import { pageOf } from "../../src/curriculum/pages.ts";
import { syntaxError } from "../actions/shell.ts";
import { files, PRIVATE_KEY, SECRETS } from "./lab.ts";
import { blocksOf, idsOf, linksOf } from "./markup.ts";

const CASES = [
  { lab: "lab001", built: false },
  { lab: "lab001", built: true },
  { lab: "lab002", built: false },
  { lab: "lab002", built: true },
  { lab: "lab002", built: true, share: true },
] as const;

describe.each(CASES)("the handbook of $lab, built: $built, share: $share", (parts) => {
  const all = files(parts);
  const pages = [...all].filter(([path]) => path.endsWith(".html"));
  const page = (path: string): string => all.get(path) ?? "";
  const steps = LABS[parts.lab]?.services.flatMap((service) => service.steps) ?? [];

  it("has only links to pages and anchors that exist", () => {
    for (const [path, text] of pages) {
      for (const link of linksOf(text)) {
        if (/^(https?:|data:)/.test(link)) continue;
        const target = new URL(link, `file:///${path}`);
        const file = target.pathname.slice(1);
        expect([...all.keys()], `${path} leads to ${link}`).toContain(file);
        if (target.hash !== "")
          expect(idsOf(page(file)), `${path} leads to ${link}`).toContain(target.hash.slice(1));
      }
    }
  });

  it("has each anchor only once in a page", () => {
    for (const [path, text] of pages) {
      const ids = idsOf(text);
      expect(new Set(ids).size, path).toBe(ids.length);
    }
  });

  it("loads nothing from outside", () => {
    for (const [path, text] of pages) {
      for (const [, url] of text.matchAll(/<(?:script|link|img|iframe)\b[^>]*?(?:src|href)="([^"]*)"/g))
        expect(url, path).not.toMatch(/^(https?:)?\/\//);
    }
    for (const [path, text] of all) {
      if (path.endsWith(".css")) expect(/@import|url\(/.test(text), path).toBe(false);
      // A page from disk can load scripts by tags only. The index is data.
      if (path.endsWith(".js") && !path.endsWith("-index.js"))
        expect(/\bfetch\(|\bimport\b|XMLHttp/.test(text), path).toBe(false);
    }
  });

  it.each(steps.map(({ id, title }) => [id, title] as const))("has %s at its address", (id) => {
    const [file = "", anchor = ""] = pageOf({ id }).split("#");
    expect(idsOf(page(file))).toContain(anchor);
    expect(blocksOf(page(file)).some(({ step, part }) => step === id && part === "commands")).toBe(true);
  });

  it("has commands that a shell can parse, without tokens and placeholders", () => {
    for (const [path, text] of pages.filter(([name]) => name.startsWith("services/"))) {
      expect(/\{\{|%%/.test(text), path).toBe(false);
      const shell = blocksOf(text).map((block) => block.text);
      expect(syntaxError(shell.join("\n")), path).toBe("");
    }
  });

  it("has every step in the search index", () => {
    const index = page("assets/search-index.js");
    for (const { id } of steps) expect(index).toContain(`"${pageOf({ id })}"`);
  });
});

describe("passwords", () => {
  const secrets = [...Object.values(SECRETS), ...PRIVATE_KEY.split("\n").slice(1, 2)];

  it("are in the commands of your own lab, hidden", () => {
    const text = files({}).get("services/keystone.html") ?? "";
    const password = SECRETS["keystone/database"] ?? "";
    expect(text.split(password).length - 1).toBeGreaterThan(1);
    for (const before of text.split(password).slice(0, -1))
      expect(before).toMatch(/<span class="secret" [^<>]*>$/);
    const configure = blocksOf(text).find(({ step }) => step === "keystone/configure");
    expect(configure?.text).toContain(`connection = mysql+pymysql://keystone:${password}@`);
  });

  it("are not in a shared handbook, the search index and the print version", () => {
    const shared = [...files({ share: true }).values()];
    const own = files({});
    for (const text of [...shared, own.get("assets/search-index.js") ?? "", own.get("print.html") ?? ""])
      for (const secret of secrets) expect(text.includes(secret)).toBe(false);
  });

  it("are words in capitals if they are not known", () => {
    const text = files({ built: false }).get("services/keystone.html") ?? "";
    const configure = blocksOf(text).find(({ step }) => step === "keystone/configure");
    expect(configure?.text).toContain("mysql+pymysql://keystone:KEYSTONE_DATABASE_PASSWORD@");
  });
});

describe("a lab that continues another one", () => {
  const text = files({}).get("services/nova.html") ?? "";

  it("shows the steps of an earlier lab, but not as its own", () => {
    expect(idsOf(text)).toContain("stop-metadata");
    expect(blocksOf(text).map(({ step }) => step)).not.toContain("nova/stop-metadata");
  });

  it("has a separate block for a node with different commands", () => {
    const page = files({}).get("services/openvswitch.html") ?? "";
    const nodes = blocksOf(page).filter(
      ({ step, part }) => step === "openvswitch/configure-tunnel-address" && part === "commands",
    );
    expect(nodes.map(({ node }) => node)).toEqual(["compute", "network"]);
    const same = blocksOf(page).find(({ step }) => step === "openvswitch/install-packages");
    expect(same?.node).toBe("compute network");
  });
});
