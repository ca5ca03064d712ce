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

  it("resolves without a close: a daemon may hold the streams open", async () => {
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
