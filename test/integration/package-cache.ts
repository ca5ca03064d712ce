import { readFileSync } from "node:fs";
import { join } from "node:path";
import { home } from "../../src/config/paths.ts";

/** Bytes that the package cache has fetched from outside so far, by its own transfer log (`time|I|bytes|…`). */
export function fetchedFromOutside(): number {
  const log = readFileSync(join(home(), "package-cache/log/apt-cacher.log"), "utf8");
  return log
    .split("\n")
    .map((line) => line.split("|"))
    .filter((fields) => fields[1] === "I")
    .reduce((sum, fields) => sum + Number(fields[2]), 0);
}
