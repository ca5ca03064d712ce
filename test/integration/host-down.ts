import { beforeAll, expect } from "vitest";
import type { Machine } from "./host-machines.ts";
import { lab, machines, RACKS } from "./host-stack.ts";

/**
 * What takes the lab off the hosts, and fails where they are not as they were when this was called.
 * @param before they are compared. @default nothing
 */
export function downLeavesHosts(): (before?: () => void) => Promise<void> {
  const was = new Map<Machine, string[]>();
  beforeAll(() => {
    for (const machine of RACKS) was.set(machine, machines.look(machine));
  });
  return async (before) => {
    const { code, stdout, stderr } = await lab("down", "--yes");
    expect(code, stderr).toBe(0);
    before?.();
    for (const machine of RACKS) expect(machines.look(machine), stdout).toEqual(was.get(machine));
    expect(stdout).not.toContain("Not undone");
  };
}
