import { createPool, POOL, poolDriver } from "../incus/pool.ts";
import type { Requirement } from "../types.ts";

export const storagePool: Requirement = {
  id: "storage-pool",
  title: "storage pool",
  neededBy: "the nodes' disks and snapshots",
  async probe() {
    const driver = await poolDriver();
    if (driver === undefined) return { found: `no pool ${POOL}`, state: "missing" };
    return { found: `${POOL} (${driver})`, state: "ok" };
  },
  fix: { text: `incus storage create ${POOL} btrfs`, run: createPool },
};
