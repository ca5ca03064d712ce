import type { StepInstance } from "./instances.ts";

/**
 * The course sorted so that each step comes after those it needs; course order where there is a choice.
 * @throws Error naming the steps of a cycle
 */
export function inOrder(course: readonly StepInstance[]): StepInstance[] {
  const waiting = [...course];
  const placed = new Set<string>();
  const sorted: StepInstance[] = [];
  while (waiting.length > 0) {
    const index = waiting.findIndex((instance) => instance.after.every((name) => placed.has(name)));
    const [next] = index < 0 ? [] : waiting.splice(index, 1);
    if (next === undefined) {
      throw new Error(
        `curriculum: dependency cycle among ${waiting.map((instance) => instance.name).join(", ")}`,
      );
    }
    placed.add(next.name);
    sorted.push(next);
  }
  return sorted;
}
