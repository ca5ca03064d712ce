import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { STATE } from "../../../src/actions/shell.ts";
import { CUT_OFF } from "../../../src/hardware/hosts/leftovers.ts";
import { folder, run } from "../../actions/shell.ts";

it("files of steps that were cut off: what was there comes back, what was not goes", () => {
  const root = folder();
  const state = join(root, "state");
  const put = (path: string, text: string) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  const at = (name: string) => join(root, "etc", name);
  const kept = (name: string) => `${state}/original${at(name)}`;
  put(at("theirs"), "half ours");
  put(kept("theirs"), "theirs");
  put(at("ours"), "ours");
  put(`${kept("ours")}.absent`, "");
  put(`${at("begun")}.scratchstack`, "beg");
  put(`${kept("begun")}.absent`, "");
  put(at("of-a-package-since-removed"), "ours");
  put(kept("of-a-package-since-removed"), "the package's");
  put(`${kept("untouched")}.new`, "unt");
  put(at("untouched"), "untouched");
  put(join(root, "entries"), `${at("theirs")}\n${at("untouched")}\n`);

  const undo = `set -eu\nbefore=${root}\n${CUT_OFF.replaceAll(STATE, state)}`;
  expect(run(undo)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`${at("theirs")} is as it was`),
  });
  expect(readFileSync(at("theirs"), "utf8")).toBe("theirs");
  expect(readFileSync(at("untouched"), "utf8")).toBe("untouched");
  for (const name of ["ours", "begun", "begun.scratchstack", "of-a-package-since-removed"]) {
    expect(existsSync(at(name)), name).toBe(false);
  }
});
