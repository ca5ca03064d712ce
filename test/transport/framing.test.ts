import { describe, expect, it } from "vitest";
import { CLEAN_ENVIRONMENT } from "../../src/transport/clean-environment.ts";
import { commandLine, frame } from "../../src/transport/framing.ts";

const SECRET = "s3cr3t-value";
const small = frame({ command: "true" }, "login");

/** What follows the wrapper, which is as long as the process list says. */
const rest = ({ argv, payload }: ReturnType<typeof frame>): string =>
  payload.subarray(Number(argv.at(-1))).toString();

describe("frame", () => {
  it("shows the process list a constant but for one number", () => {
    const command = { command: `echo ${SECRET}`, environment: { PASSWORD: SECRET }, stdin: SECRET };
    const framed = frame(command, "login");
    expect(framed.argv.slice(0, -1)).toEqual(small.argv.slice(0, -1));
    expect(framed.argv.at(-1)).toMatch(/^\d+$/);
    expect(commandLine(framed)).toMatch(
      /^exec \/bin\/sh -c 'umask 022;PATH=.*;eval "\$\(head -c \$1\)"' sh \d+$/,
    );
  });

  it("tells a node's answer from what a login shell prints, also one that prints its commands", () => {
    const { stdout = "", stderr = "" } = small.start ?? {};
    expect(new Set(["", stdout, stderr]).size).toBe(3);
    for (const mark of [stdout, stderr]) expect(commandLine(small)).not.toContain(mark.trim());
  });

  it("runs on this machine without a login shell, and with the PATH that there is", () => {
    const framed = frame({ command: "true" }, "here");
    expect(framed.start).toBeUndefined();
    expect(commandLine(framed)).toMatch(/^exec \/bin\/sh -c 'eval "\$\(head -c \$1\)"' sh \d+$/);
  });

  it("sends script, stdin and the end mark", () => {
    expect(rest(small)).toBe(`${CLEAN_ENVIRONMENT}\ntrue.`);
    const stdin = Buffer.from("in\0put").toString("base64");
    expect(rest(frame({ command: "cat", stdin: "in\0put" }, "here"))).toBe(`cat${stdin}.`);
  });

  it("counts bytes, not characters", () => {
    const framed = frame({ command: "echo ä€𝄞" }, "login");
    const wrapper = framed.payload.subarray(0, Number(framed.argv.at(-1))).toString();
    expect(wrapper).toContain(`head -c ${Buffer.byteLength(`${CLEAN_ENVIRONMENT}\necho ä€𝄞`)})`);
  });

  it("exports the environment quoted, before the script", () => {
    const framed = frame({ command: 'echo "$A"', environment: { A: "it's $HOME", B_2: "" } }, "login");
    expect(rest(framed)).toBe(`${CLEAN_ENVIRONMENT}\nexport A='it'\\''s $HOME'\nexport B_2=''\necho "$A".`);
  });

  it("becomes root's in a session of its own, with the variables of a login, before those it is given", () => {
    const framed = frame({ command: "id", environment: { A: "x" } }, "root");
    expect(commandLine(framed)).toMatch(
      /^exec sudo -n -- \/usr\/bin\/setsid --wait \/bin\/sh -c 'umask 022;PATH=.*;eval "\$\(head -c \$1\)"' sh \d+$/,
    );
    expect(rest(framed).split(CLEAN_ENVIRONMENT)).toEqual([
      expect.stringMatching(/<\/etc\/environment \|\| true\n$/),
      "\nexport A=x\nid.",
    ]);
  });

  it.each([
    [{ command: "true", environment: { "A B": "x" } }, '"A B" is no name of a variable'],
    [{ command: "true", environment: { "A;rm": "x" } }, '"A;rm" is no name of a variable'],
    [{ command: "a\0b" }, "the command holds a NUL"],
    [{ command: "true", environment: { A: "\0" } }, "environment.A holds a NUL"],
  ])("refuses what a shell cannot take: %j", (command, message) => {
    expect(() => frame(command, "login")).toThrow(message);
  });
});
