import { beforeAll, expect, test } from "vitest";
import { run } from "./harness.ts";
import { downLeavesHosts } from "./host-down.ts";
import { lab, machines, STACK, up, write } from "./host-stack.ts";
import { fetchedFromOutside } from "./package-cache.ts";

/** The whole course on the hosts that stand, begun twice: what a failed run left is undone as all the rest is. */
export function labOnHosts(): void {
  beforeAll(() => write());
  const down = downLeavesHosts();

  test("a host that goes in the middle of an install is told", async () => {
    let there = true;
    const gone = await up((event) => {
      if (there && event.type === "started" && event.name === "nova-compute/install-packages@compute") {
        machines.stop("rack2");
        there = false;
      }
      // What may be repeated waits for it to come back: that, a reboot, ends the waiting.
      if (!there && event.type === "failed") {
        machines.start("rack2");
        there = true;
      }
    });
    if (!there) machines.start("rack2");
    expect(gone.code).toBe(1);
    expect(gone.stderr + gone.stdout).toMatch(/the connection broke|cannot connect/);
  });

  test("down leaves the hosts as they were, half built as they are", () => down());

  test("and they can be built on, with nothing fetched from outside", async () => {
    const before = fetchedFromOutside();
    const { code, stderr } = await lab("up");
    expect(code, stderr).toBe(0);
    expect(fetchedFromOutside() - before).toBe(0);
  });

  test("verify is clean, and commands run as root", async () => {
    const { code, stdout } = await lab("verify");
    expect(code, stdout).toBe(0);
    expect((await lab("exec", "compute", "--", "id", "-un")).stdout).toBe("root\n");
    expect(
      (await lab("exec", "control", "--", "openstack", "server", "list", "-f", "value", "-c", "Name")).stdout,
    ).toContain("web");
  });

  test("a second run changes nothing", async () => {
    expect((await lab("up")).stdout).toContain("Nothing to change");
  });

  test("the state holds the private keys encrypted", async () => {
    const { code, stdout } = await run("scripts/pulumi", ["stack", "export", "--stack", STACK]);
    expect(code).toBe(0);
    expect(stdout).toContain("hardware/host-control");
    expect(stdout).not.toContain("PRIVATE KEY");
  });

  test("down leaves the hosts as they were, though one of their services still runs", async () => {
    machines.sh("rack2", "systemd-run --quiet --collect --uid=polkitd sleep infinity");
    await down();
  });
}
