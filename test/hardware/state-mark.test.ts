import { describe, expect, it } from "vitest";
import { stateInWords, stateMark } from "../../src/hardware/state-mark.ts";

describe("a state in words", () => {
  it.each([
    ["the default place", {}, "/home/ann/x/state"],
    ["a folder", { PULUMI_BACKEND_URL: "file:///srv/state?metadata=skip" }, "/srv/state"],
    ["a folder with an at sign", { PULUMI_BACKEND_URL: "file:///srv/a@b" }, "/srv/a@b"],
    [
      "a database, without its password",
      { PULUMI_BACKEND_URL: "postgres://u:p@w@db:5432/x?password=p" },
      "postgres://db:5432/x",
    ],
    ["a bucket", { PULUMI_BACKEND_URL: "s3://bucket/folder?region=x" }, "s3://bucket/folder"],
  ])("%s", (_, env, where) =>
    expect(stateInWords({ SCRATCHSTACK_HOME: "/home/ann/x", ...env }, "ann")).toBe(
      `user ann, state in ${where}`,
    ),
  );
});

it("is the same wherever the state is", () => {
  const at = (folder: string) => stateMark("ssh-ed25519 A", { SCRATCHSTACK_HOME: folder }).id;
  expect(at("/a")).toBe(at("/b"));
  expect(at("/a")).not.toBe(stateMark("ssh-ed25519 B").id);
});
