import { describe, expect, test } from "vitest";
import { sshLine } from "../../src/program/outputs.ts";

describe("the line that logs in to a node", () => {
  test.each([
    [{ host: "10.0.0.11" }, "ssh -i key -o IdentitiesOnly=yes root@10.0.0.11"],
    [
      { host: "10.0.0.11", user: "debian", port: 2222 },
      "ssh -i key -o IdentitiesOnly=yes -p 2222 debian@10.0.0.11",
    ],
    [
      { host: "10.0.0.12", user: "debian", proxy: { host: "203.0.113.7", user: "debian" } },
      'ssh -i key -o IdentitiesOnly=yes -o ProxyCommand="ssh -i key -o IdentitiesOnly=yes -W %h:%p debian@203.0.113.7" debian@10.0.0.12',
    ],
  ])("%j", (connection, line) => expect(sshLine(connection)).toBe(line));
});
