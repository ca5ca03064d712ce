import { beforeAll, expect, test } from "vitest";
import { downLeavesHosts } from "./host-down.ts";
import { lab, write } from "./host-stack.ts";

/** A cache on the control host, switches on the others: what a plain run tries of the course on hosts. */
const PARTS = ["memcached", "openvswitch"];

export function partOnHosts(): void {
  beforeAll(() => write());
  const down = downLeavesHosts();

  test.each(PARTS)("%s is built on them, and verify is clean", async (service) => {
    const { code, stderr } = await lab("up", "--through", service);
    expect(code, stderr).toBe(0);
    const verified = await lab("verify", service);
    expect(verified.code, verified.stdout).toBe(0);
  });

  test("commands run as root, and a second run changes nothing", async () => {
    expect((await lab("exec", "compute", "--", "id", "-un")).stdout).toBe("root\n");
    expect((await lab("up", "--through", "openvswitch")).stdout).toContain("Nothing to change");
  });

  test("down leaves the hosts as they were", down);
}
