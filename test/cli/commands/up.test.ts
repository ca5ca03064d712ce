import { describe, expect, it } from "vitest";
import type { RunOptions } from "../../../src/run/execute.ts";
import { lab, NAMED, observed, type Parts, report } from "../fake.ts";
import { failed, finished, output, plan, started } from "../views/events.ts";

const built: Parts["up"] = async (_stack, { onEvent }) => {
  onEvent(plan(3));
  onEvent(started("base/names@control", 0, "create", "Name the nodes"));
  onEvent(finished("base/names@control", 2));
  onEvent(started("nova/start@compute", 2000, "update", "Start Nova"));
  onEvent(finished("nova/start@compute", 5));
  onEvent(finished("nova/install@compute", 0, false));
  const steps = [
    {
      name: "base/names@control",
      step: "base/names",
      node: "control",
      title: "Name the nodes",
      seconds: 2,
      started: 0,
      after: [],
    },
    {
      name: "nova/start@compute",
      step: "nova/start",
      node: "compute",
      title: "Start Nova",
      seconds: 5,
      started: 2000,
      after: ["base/names@control"],
    },
  ];
  return report({ changed: 2, unchanged: 1, seconds: 7.2, steps });
};

const broken: Parts["up"] = async (_stack, { onEvent }) => {
  const name = "keystone/start@control";
  onEvent(started(name, 0, "create", "Start Keystone"));
  for (let line = 1; line <= 20; line++) onEvent(output(name, `line ${line}\n`));
  onEvent(failed(name, 4000));
  const failure = {
    name,
    step: "keystone/start",
    node: "control",
    message: "exit code 1",
    log: "/logs/keystone.log",
    command: "systemctl enable apache2\nsystemctl start apache2",
  };
  return report({ ok: false, failed: [failure], unchanged: 5, seconds: 4 });
};

describe("up", () => {
  it("shows each step that was done, then where the time went", async () => {
    const { code, stdout, stderr } = await lab(["up", "--yes"], { lab: { up: built } });
    expect(stderr.split("\n")).toEqual([
      NAMED.trim(),
      "✔ control  base/names  Name the nodes  2.0 s",
      "✔ compute  nova/start  Start Nova  5.0 s",
      "",
    ]);
    expect(stdout.split("\n")).toEqual([
      "lab001-local is up: 1 created, 1 changed, 1 unchanged, in 7.2 s.",
      "",
      "The 5 slowest steps",
      "        5.0 s  compute  nova/start  Start Nova",
      "        2.0 s  control  base/names  Name the nodes",
      "",
      "The critical path, 7.0 s of 7.2 s",
      "        2.0 s  control  base/names  Name the nodes",
      "        5.0 s  compute  nova/start  Start Nova",
      "",
      "Next: scripts/lab status, scripts/lab verify, scripts/lab ssh control",
      "",
    ]);
    expect(code).toBe(0);
  });

  it("says in one line that nothing was to be done", async () => {
    const up = async () => report({ unchanged: 140 });
    const { code, stdout, stderr } = await lab(["up"], { lab: { up } });
    expect(stdout).toBe("Nothing to change: all 140 parts of lab001-local are as they should be (3.4 s).\n");
    expect({ code, stderr }).toEqual({ code: 0, stderr: NAMED });
  });

  it("tells of a failed step what a person needs", async () => {
    const { code, stdout, stderr } = await lab(["up"], { lab: { up: broken } });
    expect(stderr.split("\n")).toEqual([
      NAMED.trim(),
      "✘ control  keystone/start  Start Keystone  failed after 4.0 s",
      "",
      "✘ keystone/start on control failed",
      "  What was done, as a person would type it:",
      "    systemctl enable apache2",
      "    systemctl start apache2",
      "  What it said last:",
      ...Array.from({ length: 15 }, (_, index) => `    line ${index + 6}`),
      "  All it said: /logs/keystone.log",
      "",
      "Look around:             scripts/lab ssh control",
      "Go on from where it was: scripts/lab up",
      "",
      "",
    ]);
    expect(stdout).toBe("lab001-local is not up: 0 created, 0 changed, 5 unchanged, 1 failed, in 4.0 s.\n");
    expect(code).toBe(1);
  });

  it("with --json prints every event and a summary, one object a line", async () => {
    const { code, stdout, stderr } = await lab(["up", "--json"], { lab: { up: built } });
    const lines = stdout
      .trim()
      .split("\n")
      .map((line): { type: string } => JSON.parse(line));
    expect(lines.map((line) => line.type)).toEqual([
      "plan",
      "started",
      "done",
      "started",
      "done",
      "done",
      "summary",
    ]);
    expect(lines.at(-1)).toMatchObject({
      ok: true,
      changed: 2,
      unchanged: 1,
      counts: { create: 1, update: 1, unchanged: 1 },
      slowest: [
        { name: "nova/start@compute", seconds: 5 },
        { name: "base/names@control", seconds: 2 },
      ],
      criticalPath: [{ name: "base/names@control" }, { name: "nova/start@compute" }],
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("hands on stack, configuration and --sequential", async () => {
    const seen: unknown[] = [];
    const up: Parts["up"] = async ({ name: stack, config }, { sequential }) => {
      seen.push([stack, Object.keys(config.nodes), sequential]);
      return report();
    };
    await lab(["up", "--sequential"], { lab: { up } });
    await lab(["up"], { lab: { up } });
    expect(seen).toEqual([
      ["lab001-local", ["control", "compute"], true],
      ["lab001-local", ["control", "compute"], false],
    ]);
  });
});

describe("Ctrl-C", () => {
  const interrupted = (
    finish: (options: RunOptions) => Promise<never> | ReturnType<Parts["up"]>,
    presses = 1,
    argv = ["up"],
  ) => {
    let press = (): void => {};
    const up: Parts["up"] = async (_stack, options) => {
      for (let time = 0; time < presses; time++) press();
      expect(options.signal.aborted).toBe(true);
      return finish(options);
    };
    return lab(argv, {
      lab: { up },
      onReady: (act) => {
        press = act;
      },
    });
  };

  it("ends what runs in order and says so", async () => {
    const { code, stdout, stderr, exits } = await interrupted(async () =>
      report({ ok: false, interrupted: true }),
    );
    expect(stderr).toBe(
      NAMED +
        "Interrupted: waiting for the running steps to be ended. Ctrl-C again leaves at once.\n" +
        "Interrupted. What is done stays done: the same command goes on from here.\n",
    );
    expect({ code, stdout, exits }).toEqual({ code: 130, stdout: "", exits: [] });
  });

  it("is no bug when the work ends with an error", async () => {
    const { code, stderr } = await interrupted(() => Promise.reject(new Error("cancelled")));
    expect(code).toBe(130);
    expect(stderr).not.toContain("bug");
  });

  it("still gives programs their summary", async () => {
    const { code, stdout } = await interrupted(async () => report({ ok: false, interrupted: true }), 1, [
      "up",
      "--json",
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ type: "summary", ok: false, interrupted: true });
    expect(code).toBe(130);
  });

  it("pressed again leaves at once", async () => {
    const { exits } = await interrupted(async () => report({ ok: false, interrupted: true }), 2);
    expect(exits).toEqual([130]);
  });
});

describe("preview", () => {
  const up: Parts["up"] = async (_stack, { onEvent, preview }) => {
    expect(preview).toBe(true);
    onEvent(started("hardware", 0, "create", "Make the network"));
    onEvent(finished("hardware", 0));
    onEvent(started("nova/start@compute", 0, "update", "Start Nova"));
    onEvent(finished("nova/start@compute", 0));
    return report({ changed: 2, unchanged: 138 });
  };

  it("lists what would be done", async () => {
    const { code, stdout } = await lab(["preview"], {
      lab: { up, plannedSteps: async () => [], observe: async () => observed() },
    });
    expect(stdout.split("\n")).toEqual([
      "Besides:",
      "  create  -                    Make the network",
      "  update  compute  nova/start  Start Nova",
      "",
      "2 to change, 138 unchanged (3.4 s). Nothing was done.",
      "",
    ]);
    expect(code).toBe(0);
  });

  it("says in one line that nothing would", async () => {
    const up: Parts["up"] = async () => report({ unchanged: 140 });
    const { stdout } = await lab(["preview"], {
      lab: { up, plannedSteps: async () => [], observe: async () => observed() },
    });
    expect(stdout).toBe("Nothing to change: all 140 parts of lab001-local are as they should be.\n");
  });
});
