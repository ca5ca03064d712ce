import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { ownEngine } from "../../src/config/engine.ts";
import { readResources } from "../../src/engine/state.ts";

const root = mkdtempSync(join(tmpdir(), "state-test-"));
vi.stubEnv("SCRATCHSTACK_CACHE", join(root, "cache"));
vi.stubEnv("SCRATCHSTACK_HOME", join(root, "home"));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

/** An engine that says this, and notes each time that it is started. */
function engine(says: string): void {
  const bin = join(ownEngine(), "bin");
  mkdirSync(bin, { recursive: true });
  for (const name of ["pulumi", "pulumi-language-nodejs"]) {
    writeFileSync(join(bin, name), `#!/bin/sh\necho "$*" >>'${root}/starts'\n${says}\n`);
    chmodSync(join(bin, name), 0o755);
  }
}

const starts = (): string[] => readFileSync(join(root, "starts"), "utf8").trim().split("\n");

const ONE = `echo '{"deployment":{"resources":[{"urn":"a","type":"t"}]}}'`;

beforeEach(() => {
  rmSync(join(root, "starts"), { force: true });
  engine(ONE);
});

test("who asks for a state while it is being read gets the same, later it is read anew", async () => {
  const both = await Promise.all([readResources("s"), readResources("s")]);
  expect(both).toEqual([[{ urn: "a", type: "t" }], [{ urn: "a", type: "t" }]]);
  expect(starts()).toHaveLength(1);
  await readResources("s");
  expect(starts()).toHaveLength(2);
});

test("another stack's is another", async () => {
  await Promise.all([readResources("s"), readResources("t")]);
  expect(
    starts()
      .sort()
      .map((line) => line.match(/--stack (\w)/)?.[1]),
  ).toEqual(["s", "t"]);
});

test("no such stack, an engine that fails, and one that gives it out afterwards", async () => {
  engine(`echo "error: no stack named 's' found" >&2; exit 1`);
  expect(await readResources("s")).toBeUndefined();
  engine(`echo "error: incorrect passphrase" >&2; exit 255`);
  const failed = [readResources("s"), readResources("s")];
  for (const one of await Promise.allSettled(failed)) {
    expect(one).toMatchObject({ status: "rejected" });
    expect(String((one as PromiseRejectedResult).reason)).toContain("incorrect passphrase");
  }
  engine(ONE);
  expect(await readResources("s")).toHaveLength(1);
});
