import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import type { RunEvent } from "../../src/run/events.ts";
import { RunRecorder, recordRun } from "../../src/run/recorder.ts";

const home = mkdtempSync(join(tmpdir(), "recorder-test-"));
vi.stubEnv("SCRATCHSTACK_HOME", home);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const SECRET = "3f2a9c";
const RUN = { command: "up", stack: "mine", lab: "lab001" } as const;
const report = { ok: true, interrupted: false, changed: 2, unchanged: 1, failed: [] };
const never = new AbortController().signal;

const linesOf = (directory: string): RunEvent[] =>
  readFileSync(join(directory, "events.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as RunEvent);

/** Records a run that does what `work` does. */
async function recorded(work: (recorder: RunRecorder) => void) {
  const shown: RunEvent[] = [];
  let directory = "";
  const onEvent = (event: RunEvent): void => void shown.push(event);
  const run = recordRun(RUN, { onEvent, signal: never }, async (recorder) => {
    directory = recorder.directory;
    work(recorder);
    return report;
  });
  const error = await run.then(
    () => undefined,
    (thrown: Error) => thrown.message,
  );
  return { shown, error, directory, lines: linesOf(directory) };
}

const subject = { name: "api/start@control", step: "api/start", node: "control" };

describe("events.jsonl", () => {
  test("begins with the run and its format, ends with how it went, and has a line for each event", async () => {
    const { lines } = await recorded(({ emit }) => emit({ type: "plan", total: 3, at: 5 }));
    const at = expect.any(Number);
    expect(lines).toEqual([
      { type: "run", version: 1, ...RUN, at },
      { type: "plan", total: 3, at: 5 },
      {
        type: "ended",
        ok: true,
        interrupted: false,
        changed: 2,
        unchanged: 1,
        failed: 0,
        seconds: expect.any(Number),
        at,
      },
    ]);
  });

  test("holds the same events that are shown", async () => {
    const { lines, shown } = await recorded(({ emit, hide }) => {
      hide([SECRET]);
      emit({ type: "output", name: subject.name, text: `${SECRET}\n`, at: 1 });
    });
    expect(shown).toEqual(lines);
  });

  test("can be read by its owner only", async () => {
    const { directory } = await recorded(() => {});
    expect(statSync(join(directory, "events.jsonl")).mode & 0o777).toBe(0o600);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  test("ends with the message of an error, and the error goes on", async () => {
    const { lines, error } = await recorded(() => {
      throw new Error("the engine ended");
    });
    expect(error).toBe("the engine ended");
    expect(lines.at(-1)).toMatchObject({ type: "ended", ok: false, failed: 0, message: "the engine ended" });
  });

  test("has whole lines at any moment: a kill loses no event that was shown", () => {
    const shown: RunEvent[] = [];
    const recorder = new RunRecorder(RUN, (event) => shown.push(event));
    recorder.emit({ type: "found", text: "a line\nwith a newline", at: 1 });
    expect(linesOf(recorder.directory)).toEqual(shown);
  });
});

describe("secrets", () => {
  const events: readonly RunEvent[] = [
    { type: "found", text: `login with ${SECRET}`, at: 1 },
    { type: "output", name: subject.name, text: `password=${SECRET}\n`, at: 1 },
    { type: "failed", ...subject, message: `exited 1: mysql -p${SECRET}`, seconds: 1, at: 1 },
    {
      type: "drift",
      ...subject,
      differences: [{ what: "file", expected: SECRET, seen: SECRET, diff: `-${SECRET}` }],
      at: 1,
    },
    {
      type: "check",
      check: "api/start",
      step: "api/start",
      node: "control",
      ok: false,
      expected: SECRET,
      seen: SECRET,
      seconds: 1,
      at: 1,
    },
    { type: "checkpoint", name: "after-api", seconds: 1, at: 1, problem: `no ${SECRET}` },
  ];

  test.each(events.map((event) => [event.type, event] as const))("are masked in %s", async (_, event) => {
    const { directory, shown } = await recorded(({ emit, hide }) => {
      hide([SECRET]);
      emit(event);
    });
    const written = readFileSync(join(directory, "events.jsonl"), "utf8");
    expect(written).toContain("********");
    expect(written).not.toContain(SECRET);
    expect(JSON.stringify(shown)).not.toContain(SECRET);
  });

  test("are masked in the log of a resource and in the error that ends a run", async () => {
    const { directory, lines } = await recorded(({ emit, hide }) => {
      hide([SECRET]);
      emit({ type: "output", name: subject.name, text: SECRET, at: 1 });
      throw new Error(`cannot log in with ${SECRET}`);
    });
    expect(readFileSync(join(directory, `${subject.name}.log`), "utf8")).toBe("********\n");
    expect(lines.at(-1)).toMatchObject({ message: "cannot log in with ********" });
  });

  test("that become known in the run are masked from then on", async () => {
    const { lines } = await recorded(({ emit, hide }) => {
      hide([SECRET]);
      hide(["another-one"]);
      emit({ type: "found", text: `${SECRET} another-one`, at: 1 });
    });
    expect(lines[1]).toMatchObject({ text: "******** ********" });
  });

  test("never change a name: a password may be a common word", async () => {
    const { lines } = await recorded(({ emit, hide }) => {
      hide(["api/start", "control"]);
      emit({ type: "started", ...subject, title: "Start it on control", operation: "create", at: 1 });
    });
    expect(lines[1]).toMatchObject({ ...subject, title: "Start it on ********" });
  });
});
