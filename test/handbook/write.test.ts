import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { MARKER, writeSite } from "../../src/handbook/write.ts";

let folder: string;
beforeEach(() => {
  const root = mkdtempSync(join(tmpdir(), "scratchstack-handbook-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  folder = join(root, "out");
});

const site = (...paths: string[]) => new Map(paths.map((path) => [path, `text of ${path}`]));
const mode = (path: string): number => statSync(join(folder, path)).mode & 0o777;

describe("a handbook's folder", () => {
  it("is created, and only its owner can read it if it has passwords", async () => {
    await writeSite(folder, site("index.html", "services/a.html"), true);
    expect(readFileSync(join(folder, "services/a.html"), "utf8")).toBe("text of services/a.html");
    expect([mode("."), mode("services"), mode("index.html"), mode("services/a.html")]).toEqual([
      0o700, 0o700, 0o600, 0o600,
    ]);
  });

  it("is readable for others without passwords, and closed again by a handbook with passwords", async () => {
    await writeSite(folder, site("index.html"), false);
    expect([mode("."), mode("index.html")]).toEqual([0o755, 0o644]);
    await writeSite(folder, site("index.html"), true);
    expect([mode("."), mode("index.html")]).toEqual([0o700, 0o600]);
  });

  it("loses files that the handbook no longer has, and keeps files of others", async () => {
    await writeSite(folder, site("index.html", "old.html"), false);
    writeFileSync(join(folder, "notes.txt"), "mine");
    await writeSite(folder, site("index.html", "new.html"), false);
    expect(readdirSync(folder).sort()).toEqual([MARKER, "index.html", "new.html", "notes.txt"]);
  });

  it("may be empty", async () => {
    mkdirSync(folder);
    await writeSite(folder, site("index.html"), false);
    expect(existsSync(join(folder, "index.html"))).toBe(true);
  });

  it("is refused if it contains something else", async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, "thesis.txt"), "mine");
    await expect(writeSite(folder, site("index.html"), false)).rejects.toThrow(
      /files that are not a handbook \(thesis.txt\)/,
    );
    expect(readdirSync(folder)).toEqual(["thesis.txt"]);
  });

  it("is refused if it is a file", async () => {
    writeFileSync(folder, "a file");
    await expect(writeSite(folder, site("index.html"), false)).rejects.toThrow(/not a folder/);
  });

  it("is recognized after a run that was killed at any moment", async () => {
    const full = site("index.html", "a.html", "b.html");
    await writeSite(folder, full, false);
    // After a kill between two files: the marker lists all, one is missing, one is half written.
    rmSync(join(folder, "b.html"));
    writeFileSync(join(folder, "b.html.new"), "ha");
    await writeSite(folder, full, false);
    expect(readFileSync(join(folder, "b.html"), "utf8")).toBe("text of b.html");
    expect(readdirSync(folder)).not.toContain("b.html.new");
    // After a kill at the very start.
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    writeFileSync(join(folder, `${MARKER}.new`), '{"fi');
    await writeSite(folder, full, false);
    expect(existsSync(join(folder, "index.html"))).toBe(true);
  });
});
