import { describe, expect, it } from "vitest";
import { STEP_RECORD } from "../../src/actions/environment.ts";
import { type Context, runOnThisMachine } from "../../src/plugin/run.ts";
import { SshPool } from "../../src/transport/ssh.ts";

const shown: string[] = [];
const context: Context = {
  pool: new SshPool(),
  show: async (text) => void shown.push(text),
  signal: new AbortController().signal,
  secrets: [],
};
const count = "seq 1 50; seq 101 150 >&2";

describe("the output of a command that is kept in the state", () => {
  it("is all of it", async () => {
    const { stdout, stderr } = await runOnThisMachine(context, {}, count);
    expect(String(stdout).split("\n")).toHaveLength(50);
    expect(String(stderr).split("\n")).toHaveLength(50);
  });

  it("is the end of it for a step, and all of it is shown", async () => {
    shown.length = 0;
    const { stdout, stderr } = await runOnThisMachine(
      context,
      { environment: { [STEP_RECORD]: "a step" } },
      count,
    );
    expect(String(stdout)).toMatch(/^31\n.*\n50$/s);
    expect(String(stderr)).toMatch(/^131\n.*\n150$/s);
    const lines = shown.join("\n").split("\n");
    expect(lines).toEqual(expect.arrayContaining(["1", "50", "101", "150"]));
  });
});
