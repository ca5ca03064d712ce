import { existsSync } from "node:fs";
import { run } from "../exec.ts";
import type { Requirement } from "../types.ts";

export const ovs: Requirement = {
  id: "ovs",
  title: "Open vSwitch datapath",
  neededBy: "networks in the lab at full speed",
  async probe() {
    const loaded = existsSync("/sys/module/openvswitch");
    if (loaded || (await run("modinfo", ["openvswitch"])).code === 0) return { found: "kernel", state: "ok" };
    return { found: "the kernel has no openvswitch: the slower userspace datapath is used", state: "warn" };
  },
  fix: { text: "use a kernel with the openvswitch module, such as Debian's own" },
};
