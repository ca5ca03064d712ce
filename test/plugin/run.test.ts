import { describe, expect, it } from "vitest";
import { STEP_RECORD } from "../../src/actions/environment.ts";
import { type Context, runHere } from "../../src/plugin/run.ts";
import { SshPool } from "../../src/transport/ssh.ts";

const shown: string[] = [];
const context: Context = {
  pool: new SshPool(),
  show: async (text) => void shown.push(text),
  signal: new AbortController().signal,
  secrets: [],
};
const count = "seq 1 50; seq 101 150 >&2";

describe("what is kept of what a command printed", () => {
  it("is all of it", async () => {
    const { stdout, stderr } = await runHere(context, {}, count);
    expect(String(stdout).split("\n")).toHaveLength(50);
    expect(String(stderr).split("\n")).toHaveLength(50);
  });

  it("is the end of it for a step, and all is shown", async () => {
    shown.length = 0;
    const { stdout, stderr } = await runHere(context, { environment: { [STEP_RECORD]: "a step" } }, count);
    expect(String(stdout)).toMatch(/^31\n.*\n50$/s);
    expect(String(stderr)).toMatch(/^131\n.*\n150$/s);
    const lines = shown.join("\n").split("\n");
    expect(lines).toEqual(expect.arrayContaining(["1", "50", "101", "150"]));
  });
});
