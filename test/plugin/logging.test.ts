import { describe, expect, it } from "vitest";
import { masker } from "../../src/actions/mask.ts";
import { Lines } from "../../src/plugin/logging.ts";

function lines(
  logging: "stdout" | "stderr" | "stdoutAndStderr" | "none" | undefined,
  secrets: string[] = [],
) {
  const shown: string[] = [];
  const show = async (text: string) => {
    shown.push(text);
  };
  return { shown, lines: new Lines(logging, masker(secrets), show) };
}

describe("Lines", () => {
  it.each([
    [undefined, "out\nerr"],
    ["stdoutAndStderr", "out\nerr"],
    ["stdout", "out"],
    ["stderr", "err"],
    ["none", ""],
  ] as const)("logging %j shows %j", async (logging, wanted) => {
    const { shown, lines: all } = lines(logging);
    all.onStdout("out\n");
    all.onStderr("err\n");
    await all.end();
    expect(shown.join("\n")).toBe(wanted);
  });

  it("passes on whole lines in their order, the rest at the end", async () => {
    const { shown, lines: all } = lines("stdout");
    all.onStdout("one\ntw");
    await Promise.resolve();
    all.onStdout("o\nthr");
    all.onStdout("ee");
    expect(await all.end()).toBe("one\ntwo\nthree");
    expect(shown.join("\n")).toBe("one\ntwo\nthree");
  });

  it("keeps the last 20 lines for an error", async () => {
    const { lines: all } = lines("stdout");
    for (let line = 1; line <= 30; line += 1) all.onStdout(`line ${line}\n`);
    const tail = (await all.end()).split("\n");
    expect(tail).toHaveLength(20);
    expect(tail.at(-1)).toBe("line 30");
  });

  it("masks secrets in what is shown and in the error", async () => {
    const { shown, lines: all } = lines("stdout", ["hunter22", "a line\nlonger than hunter22\nfi"]);
    all.onStdout("it is hunter22\n+ longer than hunter22\nfi\n");
    const masked = "it is ********\n+ ********\nfi";
    expect(await all.end()).toBe(masked);
    expect(shown.join("\n")).toBe(masked);
  });
});
