import { availableParallelism } from "node:os";
import type { Requirement } from "../types.ts";

export const cores: Requirement = {
  id: "cores",
  title: "processor cores",
  neededBy: "the nodes",
  async probe() {
    const count = availableParallelism();
    return { found: String(count), state: count >= 2 ? "ok" : "warn" };
  },
  fix: { text: "use two cores or more; on one, a lab takes twice the time" },
};
