import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BrokenConnection, retryBroken } from "../../src/transport/errors.ts";

/** Breaks so many times, then answers; counts its runs. */
function breaking(times: number, sent: boolean) {
  const state = { runs: 0 };
  const work = async () => {
    state.runs += 1;
    if (state.runs <= times) throw new BrokenConnection("gone", sent);
    return "done";
  };
  return { state, work };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("retryBroken", () => {
  it.each([
    { breaks: 0, sent: true, idempotent: false, runs: 1, ends: "done" },
    { breaks: 1, sent: false, idempotent: false, runs: 2, ends: "done" },
    { breaks: 1, sent: true, idempotent: false, runs: 1, ends: "gone" },
    { breaks: 1, sent: true, idempotent: true, runs: 2, ends: "done" },
    { breaks: 9, sent: true, idempotent: true, runs: 4, ends: "gone" },
  ])("$breaks breaks, sent $sent, idempotent $idempotent: $runs runs, $ends", async (given) => {
    const { state, work } = breaking(given.breaks, given.sent);
    const result = retryBroken({ idempotent: given.idempotent }, work).catch((error: Error) => error.message);
    await vi.runAllTimersAsync();
    const ends = await result;
    expect({ runs: state.runs, ends }).toEqual({ runs: given.runs, ends: given.ends });
  });

  it("does not repeat other failures, nor after an abort", async () => {
    let runs = 0;
    const fail = async () => {
      runs += 1;
      throw new Error("exit 1");
    };
    await expect(retryBroken({ idempotent: true }, fail)).rejects.toThrow("exit 1");
    expect(runs).toBe(1);
    const { state, work } = breaking(1, false);
    await expect(retryBroken({ signal: AbortSignal.abort() }, work)).rejects.toThrow("gone");
    expect(state.runs).toBe(1);
  });
});
