import { execFileSync } from "node:child_process";
import { ROOT } from "../../src/config/paths.ts";

/** The program that is measured: the last commit that changed it, so that a commit of pages alone keeps all figures. */
export function source(): string {
  const git = (...args: string[]): string =>
    execFileSync("git", args, { cwd: ROOT, encoding: "utf8" }).trim();
  return nameOfSource(
    git("log", "-1", "--format=%h", "--abbrev=10", "--", "src"),
    git("status", "--porcelain", "--", "src"),
  );
}

/** @param status what git says of files that differ from the commit */
export const nameOfSource = (commit: string, status: string): string =>
  status === "" ? commit : `${commit}-changed`;
