import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Part, tally } from "../src/setup/tally.ts";

/** Prints the last line of `scripts/test` from a folder of `<part>.exit` and, for vitest, `<part>.json` files. */
const folder = process.argv[2] ?? ".";
const names = readdirSync(folder);
const parts: Part[] = names
  .filter((name) => name.endsWith(".exit"))
  .map((name) => {
    const part = basename(name, ".exit");
    const code = Number(readFileSync(join(folder, name), "utf8"));
    const report = `${part}.json`;
    return names.includes(report) ? { code, report: readFileSync(join(folder, report), "utf8") } : { code };
  });
const { line, ok } = tally(parts);
console.log(line);
process.exitCode = ok ? 0 : 1;
