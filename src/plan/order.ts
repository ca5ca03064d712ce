import type { PlannedStep } from "./planned-steps.ts";

/**
 * The course sorted so that each step comes after its dependencies; in course order where there is a choice.
 * @throws Error naming the steps of a cycle
 */
export function inOrder(course: readonly PlannedStep[]): PlannedStep[] {
  const waiting = [...course];
  const placed = new Set<string>();
  const sorted: PlannedStep[] = [];
  while (waiting.length > 0) {
    const index = waiting.findIndex((planned) => planned.after.every((name) => placed.has(name)));
    const [next] = index < 0 ? [] : waiting.splice(index, 1);
    if (next === undefined) {
      throw new Error(
        `curriculum: dependency cycle among ${waiting.map((planned) => planned.name).join(", ")}`,
      );
    }
    placed.add(next.name);
    sorted.push(next);
  }
  return sorted;
}
