import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import { describe, expect, it, vi } from "vitest";
import { collect, exitCode } from "../../src/transport/collect.ts";

function running() {
  const events = new EventEmitter();
  return { stdout: new PassThrough(), stderr: new PassThrough(), events };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("collect", () => {
  it("joins characters that arrive in two chunks, and calls the listener of each stream", async () => {
    const process = running();
    const heard: string[] = [];
    const outcome = collect(process, {
      onStdout: (text) => heard.push(text),
      onStderr: (text) => heard.push(`!${text}`),
    });
    const euro = Buffer.from("1 €\n");
    process.stdout.write(euro.subarray(0, 3));
    await turn();
    process.stdout.write(euro.subarray(3));
    process.stderr.write("warn");
    await turn();
    process.events.emit("exit", 3, null);
    process.events.emit("close");
    expect(await outcome).toEqual({ stdout: "1 €\n", stderr: "warn", code: 3 });
    expect(heard).toEqual(["1 ", "€\n", "!warn"]);
  });

  it("ignores what comes before the start of an answer, which may come in parts, on each stream", async () => {
    const process = running();
    const heard: string[] = [];
    const start = { marks: { stdout: "<out>", stderr: "<err>" }, onStart: () => heard.push("started") };
    const outcome = collect(process, { onStdout: (text) => heard.push(text) }, start);
    for (const text of ["hel", "lo<o", "ut>a", "<out>b"]) {
      process.stdout.write(text);
      await turn();
    }
    process.stderr.write("warning<err>error");
    process.stdout.end();
    await turn();
    process.events.emit("exit", 0, null);
    process.events.emit("close");
    expect(await outcome).toEqual({ stdout: "a<out>b", stderr: "error", code: 0 });
    expect(heard).toEqual(["started", "a", "<out>b"]);
  });

  it("tells what was printed where no answer started", async () => {
    const process = running();
    const start = { marks: { stdout: "<out>", stderr: "<err>" }, onStart: () => {} };
    const outcome = collect(process, {}, start);
    process.stdout.write("this account is ");
    process.stderr.write("not available");
    await turn();
    process.events.emit("exit", 1, null);
    process.events.emit("close");
    expect(await outcome).toEqual({
      stdout: "",
      stderr: "",
      code: 1,
      instead: "this account is not available",
    });
  });

  it("settles without a close, as a daemon may hold the streams", async () => {
    vi.useFakeTimers();
    try {
      const process = running();
      const outcome = collect(process, {});
      process.events.emit("exit", 0, null);
      process.stdout.write("last words");
      await vi.runAllTimersAsync();
      expect(await outcome).toEqual({ stdout: "last words", stderr: "", code: 0 });
    } finally {
      vi.useRealTimers();
    }
  });

  it("has no exit code where the process vanished", async () => {
    const process = running();
    const outcome = collect(process, {});
    process.events.emit("close");
    expect((await outcome).code).toBeUndefined();
  });
});

it.each([
  [0, null, 0],
  [7, undefined, 7],
  [null, "SIGTERM", 143],
  [null, "SIGKILL", 137],
])("exitCode(%j, %j) is %i", (status, signal, code) => {
  expect(exitCode(status, signal)).toBe(code);
});
