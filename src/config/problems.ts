import { nearest } from "./nearest.ts";

export type Path = readonly (string | number)[];

/** One thing that is wrong with a configuration. */
export interface Problem {
  readonly path: Path;
  /** `"4GB"`, `unknown key`, `nothing`. */
  readonly found: string;
  /** What would be right, as a sentence fragment. */
  readonly expected: string;
  /** The allowed value that is most like it. */
  readonly nearest?: string | undefined;
  /** Other keys that the problem depends on. While one of them is wrong itself, this problem is not reported. */
  readonly about?: readonly Path[];
}

/** A value as a problem shows it: short, on one line. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** A problem with a value of a closed set. */
export const notOneOf = (
  path: Path,
  value: unknown,
  allowed: readonly string[],
  about: Path[] = [],
): Problem => ({
  path,
  found: show(value),
  expected: `${allowed.length > 1 ? "one of " : ""}${allowed.join(", ")}`,
  nearest: typeof value === "string" ? nearest(value, allowed) : undefined,
  about,
});

/** `nodes.control.roles[0]` */
export const showPath = (path: Path): string =>
  path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join("");

/** `nodes.control.memory: found "4GB", expected a size such as 4GiB` */
export function showProblem(problem: Problem): string {
  const meant = problem.nearest === undefined ? "" : `; did you mean "${problem.nearest}"?`;
  return `${showPath(problem.path)}: found ${problem.found}, expected ${problem.expected}${meant}`;
}

/** True when a path is equal to another, or is a mapping or list that contains it. `*` matches any name. */
export const leadsTo = (path: Path, other: Path): boolean =>
  path.length <= other.length &&
  path.every((part, index) => part === other[index] || part === "*" || other[index] === "*");
