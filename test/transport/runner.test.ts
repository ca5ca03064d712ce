import { afterEach, describe, expect, test, vi } from "vitest";
import { DialError } from "../../src/transport/errors.ts";
import { LIMITS } from "../../src/transport/limits.ts";
import { Runner, type RunnerOptions } from "../../src/transport/runner.ts";
import type { Command, Connection, Endpoint, Result, Script } from "../../src/transport/types.ts";

const node = (name: string): Endpoint => ({ name, connection: { host: `10.0.0.${name.length}` } });
const THIS_MACHINE: Endpoint = { name: "here" };
const probe = (command: string): Script => ({ command, limit: "probe" });
const answer = (stdout: string): Result => ({ stdout, stderr: "", code: 0 });

/** A runner whose nodes answer as told, and all that was sent to them. */
function faked(
  exec: (host: string, command: Command) => Promise<Result>,
  options: Omit<RunnerOptions, "pool"> = {},
) {
  const sent: { connection: Connection; command: Command }[] = [];
  const pool = {
    exec: (connection: Connection, command: Command) => {
      sent.push({ connection, command });
      return exec(connection.host, command);
    },
    close: () => {},
  };
  return { sent, runner: new Runner({ pool, ...options }) };
}

/** As a pool does it: runs until it is aborted. */
const untilAborted = ({ signal }: Command): Promise<Result> =>
  new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));

afterEach(() => {
  vi.useRealTimers();
});

describe("scripts on several endpoints", () => {
  test("this machine is an endpoint beside nodes; reports keep the order of endpoints and scripts", async () => {
    const { runner } = faked(async (_, { command }) => answer(`node: ${command}`));
    const work = [
      { endpoint: node("one"), scripts: [probe("a"), probe("b")] },
      { endpoint: THIS_MACHINE, scripts: [probe("echo local")] },
    ];
    const reports = await runner.runAll(work, { atOnce: 2 });
    const answers = reports.map(({ outcomes }) =>
      outcomes.map(({ outcome }) => "answer" in outcome && outcome.answer.stdout),
    );
    expect(answers).toEqual([["node: a", "node: b"], ["local\n"]]);
  });

  test("an unreachable endpoint runs nothing, is dialled once, and its report says why", async () => {
    const { runner, sent } = faked(async (host) => {
      if (host === "10.0.0.4") throw new DialError("root@10.0.0.4:22: cannot connect: refused", true);
      return answer("");
    });
    const outcomes: unknown[] = [];
    const work = [
      { endpoint: node("gone"), scripts: [probe("a"), probe("b")] },
      { endpoint: node("one"), scripts: [probe("c")] },
    ];
    const onOutcome = (_: Script, outcome: unknown) => void outcomes.push(outcome);
    const [gone, one] = await runner.runAll(work, { atOnce: 2, onOutcome });
    expect(gone?.unreachable).toBe("root@10.0.0.4:22: cannot connect: refused");
    expect(one?.unreachable).toBeUndefined();
    expect(outcomes).toContainEqual({
      failure: "unreachable",
      why: "gone (10.0.0.4) cannot be reached: root@10.0.0.4:22: cannot connect: refused",
      seconds: 0,
    });
    expect(outcomes).toHaveLength(3);
    await runner.unreachable(node("gone"));
    expect(sent.filter(({ connection }) => connection.host === "10.0.0.4")).toHaveLength(1);
  });

  test("a script over its limit counts as not answered; the others count", async () => {
    vi.useFakeTimers();
    const { runner } = faked((_, command) =>
      command.command === "hangs" ? untilAborted(command) : Promise.resolve(answer("well")),
    );
    const all = runner.runAll([{ endpoint: node("one"), scripts: [probe("hangs"), probe("ends")] }], {
      atOnce: 2,
    });
    await vi.advanceTimersByTimeAsync(LIMITS.probe.seconds * 1_000);
    const [report] = await all;
    expect(report?.outcomes.map(({ outcome }) => outcome)).toEqual([
      {
        failure: "no answer",
        why: "one (10.0.0.3): no answer within 50 s",
        seconds: LIMITS.probe.seconds,
      },
      { answer: answer("well"), seconds: 0 },
    ]);
  });

  test("no more than asked for run on an endpoint at once", async () => {
    let now = 0;
    let most = 0;
    const { runner } = faked(async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      return answer("");
    });
    const scripts = ["a", "b", "c", "d", "e"].map(probe);
    await runner.runAll([{ endpoint: node("one"), scripts }], { atOnce: 2 });
    expect(most).toBe(2);
  });

  test("cancellation ends all that runs and rejects with the signal's reason", async () => {
    const controller = new AbortController();
    const ended: string[] = [];
    const exec = (_: string, command: Command): Promise<Result> => {
      if (command.command === "true") return Promise.resolve(answer(""));
      return untilAborted(command).finally(() => ended.push(command.command));
    };
    const { runner } = faked(exec, { signal: controller.signal });
    const work = [
      { endpoint: node("one"), scripts: [probe("a"), probe("b")] },
      { endpoint: node("other"), scripts: [probe("c")] },
    ];
    const outcomes: unknown[] = [];
    const all = runner.runAll(work, { atOnce: 1, onOutcome: (script) => void outcomes.push(script) });
    setImmediate(() => controller.abort(new Error("interrupted")));
    await expect(all).rejects.toThrow("interrupted");
    expect({ ended: ended.sort(), outcomes }).toEqual({ ended: ["a", "c"], outcomes: [] });
  });
});

describe("one script", () => {
  test("the limit decides how patiently an endpoint is dialled", async () => {
    const { runner, sent } = faked(async () => answer(""));
    await runner.unreachable(node("one"), "boot");
    await runner.run(node("other"), { command: "x", limit: "probe" });
    expect(sent.map(({ connection }) => [connection.dialErrorLimit, connection.perDialTimeout])).toEqual([
      [-1, 4],
      [3, 10],
    ]);
  });

  test("output comes by whole lines and masked, also where a secret arrives in two chunks", async () => {
    const { runner } = faked(
      async (_, { onStdout }) => {
        onStdout?.("first hun");
        onStdout?.("ter22 second\nrest");
        return answer("hunter22");
      },
      { mask: (text) => text.replaceAll("hunter22", "***") },
    );
    const shown: string[] = [];
    const onOutput = (text: string) => void shown.push(text);
    const { stdout } = await runner.run(node("one"), { command: "x", limit: "step", onOutput });
    expect(shown).toEqual(["first *** second\n", "rest"]);
    // What is compared stays as it is.
    expect(stdout).toBe("hunter22");
  });

  test("the reason why an endpoint cannot be reached is masked too", async () => {
    const exec = async (): Promise<Result> => Promise.reject(new Error("no login with hunter22"));
    const { runner } = faked(exec, { mask: (text) => text.replaceAll("hunter22", "***") });
    expect(await runner.unreachable(node("one"))).toBe("no login with ***");
  });

  test("every limit but that of a step ends by itself", () => {
    const endless = Object.entries(LIMITS).filter(([, limit]) => !("seconds" in limit));
    expect(endless.map(([name]) => name)).toEqual(["step"]);
  });
});
