import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../../src/config/errors.ts";
import { NOTHING } from "../../../src/engine/stack.ts";
import { lab, observed, type Setting } from "../fake.ts";

/** A folder that does not exist yet. */
function newFolder(): string {
  const parent = mkdtempSync(join(tmpdir(), "lab-handbook-"));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  return join(parent, "book");
}

const STATE = observed({ secrets: { "keystone/admin": "0123456789abcdef" } });
/** Passwords as the state has them. */
const PASSWORDS = Object.values(STATE.secrets);
const built: Setting = { lab: { observe: async () => STATE } };
const notBuilt: Setting = { lab: { observe: async () => NOTHING } };

const textOf = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .join("\n");

describe("lab handbook", () => {
  it("says where it went, how to open it, and that it holds passwords", async () => {
    const out = newFolder();
    const { code, stdout, stderr } = await lab(["handbook", "--out", out], built);
    expect(code).toBe(0);
    const pages = readdirSync(out, { recursive: true }).filter((file) => String(file).endsWith(".html"));
    expect(stdout).toContain(`${out}: ${pages.length} pages`);
    expect(stdout).toContain(pathToFileURL(join(out, "index.html")).href);
    expect(stderr).toContain("only you can read it");
    expect(statSync(out).mode & 0o777).toBe(0o700);
    expect(textOf(out)).toContain("<svg");
  });

  it("leaves passwords out with --share", async () => {
    const out = newFolder();
    const { stderr } = await lab(["handbook", "--out", out, "--share"], built);
    expect(stderr).toBe("");
    expect(PASSWORDS.length).toBeGreaterThan(0);
    for (const password of PASSWORDS) expect(textOf(out)).not.toContain(password);
  });

  it("is made of the configuration where nothing is built", async () => {
    const { code, stderr } = await lab(["handbook", "--out", newFolder()], notBuilt);
    expect(code).toBe(0);
    expect(stderr).toContain("lab001-local is not built");
  });

  it("is made of the configuration where the state cannot be read", async () => {
    const observe = async () => {
      throw new UserError("no engine yet", 1);
    };
    const { code, stderr } = await lab(["handbook", "--out", newFolder()], { lab: { observe } });
    expect(code).toBe(0);
    expect(stderr).toContain(
      "Written as configured: the state of lab001-local cannot be read. no engine yet",
    );
    expect(stderr).toContain("lab001-local is not built");
  });

  it("answers programs with one object", async () => {
    const out = newFolder();
    const { stdout } = await lab(["handbook", "--out", out, "--json"], built);
    expect(JSON.parse(stdout)).toEqual({
      type: "handbook",
      stack: "lab001-local",
      folder: out,
      start: join(out, "index.html"),
      pages: expect.any(Number),
      secret: true,
    });
  });

  it("wants a folder", async () => {
    const { code, stderr } = await lab(["handbook"], {});
    expect(code).toBe(2);
    expect(stderr).toContain("--out: name a folder");
  });
});
