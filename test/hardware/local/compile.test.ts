import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeRecipe } from "../../../src/hardware/local/recipe.ts";

const { files } = nodeRecipe([], null);

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "compile-"));
  mkdirSync(join(root, "bin"));
  program(
    "dpkg-query",
    'shift; for name; do echo "/usr/lib/python3/dist-packages/$name/a.py"; echo /usr/bin/$name; done',
  );
  program("python3", `echo "$*" >> ${root}/ran; cat >> ${root}/ran; exit 1`);
  program("py3compile", `echo "itself: $*" >> ${root}/ran`);
});
afterEach(() => rmSync(root, { recursive: true }));

function program(name: string, text: string): void {
  writeFileSync(join(root, "bin", name), `#!/bin/sh\n${text}\n`);
  chmodSync(join(root, "bin", name), 0o755);
}

/** Runs one of the image's programs, with what it reads and calls below `root`. */
function image(path: string, args: readonly string[], environment: Record<string, string> = {}): void {
  const text = String(files[path])
    .replaceAll("/var/lib/scratchstack", `${root}/state`)
    .replaceAll("/usr/bin/py3compile", `${root}/bin/py3compile`);
  const env = { ...process.env, PATH: `${root}/bin:${process.env.PATH}`, ...environment };
  execFileSync("sh", ["-c", text, path, ...args], { env });
}

const note = (...args: string[]): void =>
  image("/usr/local/bin/py3compile", args, { DPKG_RUNNING_VERSION: "1" });
const compile = (): void => image("/usr/local/sbin/compile-noted", []);
const ran = (): string => (existsSync(join(root, "ran")) ? readFileSync(join(root, "ran"), "utf8") : "");

describe("modules of packages", () => {
  it("are compiled once apt is through, all by one process, whether that likes them or not", () => {
    note("-p", "python3-b");
    note("-p", "python3-a:amd64");
    note("-p", "python3-b");
    expect(ran()).toBe("");
    compile();
    expect(ran()).toBe(
      "-m compileall -q -j 2 -i -\n/usr/lib/python3/dist-packages/python3-a:amd64/a.py\n/usr/lib/python3/dist-packages/python3-b/a.py\n",
    );
    compile();
    expect(ran().match(/compileall/g)).toHaveLength(1);
  });

  it("are compiled at once where somebody types it, or more is asked for than a package's modules", () => {
    image("/usr/local/bin/py3compile", ["-p", "python3-a"], { DPKG_RUNNING_VERSION: "" });
    note("-p", "horizon", "/usr/share/horizon");
    expect(ran()).toBe("itself: -p python3-a\nitself: -p horizon /usr/share/horizon\n");
  });

  it("nothing noted is nothing to do", () => {
    compile();
    expect(ran()).toBe("");
  });
});
