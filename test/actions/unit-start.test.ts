import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { STATE } from "../../src/actions/shell.ts";
import { unitKind } from "../../src/actions/unit/index.ts";
import type { UnitAction } from "../../src/curriculum/actions.ts";
import { folder, type Outcome, run, standIns } from "./shell.ts";

/** What systemd and the journal say about a unit at one look at it. */
interface Look {
  readonly active: string;
  readonly sub: string;
  readonly restarts?: number;
  /** What the unit wrote last. */
  readonly wrote?: string;
}

/** Waits for a unit that looks like this, one look after the other; the last one stays. The clock goes on by a second each time. */
function waitsFor(looks: readonly Look[], action: Partial<UnitAction> = {}): Outcome & { looked: number } {
  const root = folder();
  const at = join(root, "at");
  writeFileSync(at, "0");
  const clock = join(root, "clock");
  writeFileSync(clock, "1000");
  mkdirSync(join(root, "looks"));
  for (const [index, { active, sub, restarts = 0, wrote = "" }] of looks.entries()) {
    writeFileSync(
      join(root, "looks", String(index)),
      `ActiveState=${active}\nSubState=${sub}\nNRestarts=${restarts}\n`,
    );
    writeFileSync(join(root, "looks", `${index}.wrote`), `${wrote}\n`);
  }
  const now = `n=$(cat ${at}); [ $n -lt ${looks.length} ] || n=${looks.length - 1}`;
  const bin = standIns(root, {
    systemctl: `
${now}
case "$*" in
  is-active*) grep -q ActiveState=active ${root}/looks/$n ;;
  *ActiveState*) cat ${root}/looks/$n; echo $(($(cat ${at}) + 1)) >${at} ;;
  *InvocationID*) echo InvocationID=1 ;;
  is-enabled*) ;;
  show*) echo @1000 ;;
esac`,
    journalctl: `n=$(($(cat ${at}) - 1)); [ $n -lt ${looks.length} ] || n=${looks.length - 1}; cat ${root}/looks/$n.wrote`,
    sleep: "true",
    date: `now=$(($(cat ${clock}) + 1)); echo $now >${clock}; echo $now`,
  });
  const wanted: UnitAction = { kind: "unit", units: ["nova-compute"], timeout: 1_000, ...action };
  const outcome = run(unitKind.script(wanted).replaceAll(STATE, join(root, "state")), bin);
  const looked = Number(run(`cat ${at}`).stdout);
  return { ...outcome, looked };
}

const lastLine = ({ stderr }: Outcome): string | undefined => stderr.trim().split("\n").at(-1);

const LOST =
  "2026-12-01 16:00:00.123 99 ERROR nova nova.exception.InvalidConfiguration: No local node identity found";
const crash = (restarts: number, wrote = LOST): Look => ({
  active: "activating",
  sub: "auto-restart",
  restarts,
  wrote,
});
const STARTING: Look = { active: "activating", sub: "start" };
const RUNNING: Look = { active: "active", sub: "running" };

describe("the wait for a unit", () => {
  it("ends at once when the unit has failed, with its last error", () => {
    const outcome = waitsFor([STARTING, { active: "failed", sub: "failed", wrote: LOST }]);
    expect(outcome.code).toBe(1);
    expect(lastLine(outcome)).toBe(
      "nova-compute has failed: nova.exception.InvalidConfiguration: No local node identity found",
    );
    expect(outcome.looked).toBeLessThan(4);
  });

  it("ends when the unit ends with the same error three times, though it is active for a moment in between", () => {
    const outcome = waitsFor(
      [STARTING, crash(1), { ...RUNNING, restarts: 1 }, crash(2), crash(3), crash(4)],
      { ready: "false" },
    );
    expect(outcome.code).toBe(1);
    expect(lastLine(outcome)).toBe(
      "nova-compute ends again and again, always with: nova.exception.InvalidConfiguration: No local node identity found",
    );
    expect(outcome.looked).toBeLessThan(8);
  });

  it("goes on when the unit could not reach something: that may still come", () => {
    const refused = (restarts: number) =>
      crash(restarts, `${LOST.slice(0, 43)} Unable to establish connection`);
    const outcome = waitsFor([STARTING, refused(1), refused(2), refused(3), refused(4), RUNNING]);
    expect(outcome).toMatchObject({ code: 0 });
  });

  it("goes on when the errors differ", () => {
    const outcome = waitsFor([
      STARTING,
      crash(1, "error: a"),
      crash(2, "error: b"),
      crash(3, "error: c"),
      RUNNING,
    ]);
    expect(outcome).toMatchObject({ code: 0 });
  });

  it("ends when the unit has ended by itself and nothing starts it again", () => {
    const outcome = waitsFor([STARTING, { active: "inactive", sub: "dead", wrote: "error: nothing to do" }]);
    expect(lastLine(outcome)).toBe("nova-compute has ended: error: nothing to do");
    expect(outcome.looked).toBeLessThan(20);
  });

  it("has a limit, and says so when the unit wrote no error", () => {
    const outcome = waitsFor([STARTING], { timeout: 5 });
    expect(lastLine(outcome)).toBe("not running after 5 s: nova-compute: it has written no error");
  });

  it("has a limit, and says what the unit answered last", () => {
    const outcome = waitsFor([RUNNING], { ready: "echo not yet; false", timeout: 5 });
    expect(lastLine(outcome)).toBe("no answer after 5 s: not yet");
  });

  it("lasts until the unit has reported: an API that does not answer is named at the limit", () => {
    const reports = {
      units: ["nova-compute"],
      url: "http://127.0.0.1:9/os-services",
      keystone: "http://127.0.0.1:9/v3",
      user: "nova",
      password: "s3cr3t",
    };
    const outcome = waitsFor([RUNNING], { reports, timeout: 5 });
    expect(outcome.code).toBe(1);
    expect(lastLine(outcome)).toMatch(
      /^no answer after 5 s: Keystone: no answer from http:\/\/127\.0\.0\.1:9\/v3\/auth\/tokens/,
    );
    expect(outcome.stderr).not.toContain("s3cr3t");
  });
});

describe("the undo of a unit", () => {
  it("stops it, then removes what it left behind", () => {
    const undo = unitKind.undo({ kind: "unit", units: ["a"], undo: "echo removed what was left" });
    expect(undo).toMatch(/systemctl stop[\s\S]*removed what was left/);
  });
});
