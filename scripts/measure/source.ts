import { execFileSync } from "node:child_process";
import { ROOT } from "../../src/config/paths.ts";

/** Names the program that is measured, so that figures are kept across commits of pages. */
export const source = (): string => sourceOf(ROOT);

/** Names the program of a checkout: the last commit that changed `src`. */
export function sourceOf(checkout: string): string {
  const git = (...args: string[]): string =>
    execFileSync("git", args, { cwd: checkout, encoding: "utf8" }).trim();
  return nameOfSource(
    git("log", "-1", "--format=%h", "--abbrev=10", "--", "src"),
    git("status", "--porcelain", "--", "src"),
  );
}

/** @param status git's list of files that differ from the commit */
export const nameOfSource = (commit: string, status: string): string =>
  status === "" ? commit : `${commit}-changed`;
