import { afterAll, afterEach, describe, expect, test } from "vitest";
import { lab, run, STACK, verifyLines, WHOLE, writeStackFile } from "./harness.ts";

/** What a stack file says of settings on a lab that is built. It is as it was afterwards. */
export function settingsThatChange(): void {
  afterEach(() => writeStackFile());

  test.each(["up", "preview", "redo"])(
    "another region is refused by %s, with nothing touched",
    async (command) => {
      writeStackFile("  scratchstack:settings: { region: RegionTwo }\n");
      const outcome = await lab(command, ...(command === "redo" ? ["mariadb/start"] : []));
      expect({ code: outcome.code, stdout: outcome.stdout }).toEqual({ code: 2, stdout: "" });
      expect(outcome.stderr).toContain('settings.region: found "RegionTwo", expected "RegionOne"');
      expect(outcome.stderr).toContain(`scripts/lab reset keystone --stack ${STACK}`);
    },
  );

  test("another limit of memory is the running node's", async () => {
    writeStackFile("  scratchstack:nodes: { control: { memory: 5GiB }, compute: {} }\n");
    const { code, stderr } = await lab("up");
    expect(code, stderr).toBe(0);
    const limit = await run("incus", ["config", "get", `${STACK}-control`, "limits.memory"]);
    expect(limit.stdout.trim()).toBe("5GiB");
  });

  if (WHOLE) {
    describe("other settings that may change", () => {
      afterAll(async () => {
        writeStackFile();
        await lab("up");
      });

      test("more workers: every API has them, and verify is clean", async () => {
        writeStackFile("  scratchstack:settings: { workers: 3 }\n");
        const { code, stderr } = await lab("up");
        expect(code, stderr).toBe(0);
        const found = await lab(
          "exec",
          "control",
          "--",
          "sh",
          "-c",
          "grep -h ^processes /etc/*/*-uwsgi.ini | sort -u",
        );
        expect(found.stdout.trim()).toBe("processes = 3");
        expect((await verifyLines()).filter(({ ok }) => !ok)).toEqual([]);
      });
    });
  }
}
