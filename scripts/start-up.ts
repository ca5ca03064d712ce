import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { UserError } from "../src/config/errors.ts";
import { ROOT } from "../src/config/paths.ts";
import { say } from "./measure/lab.ts";
import { machine } from "./measure/machine.ts";
import { median } from "./measure/numbers.ts";
import { program } from "./measure/program.ts";
import { withSection } from "./measure/section.ts";
import { sourceOf } from "./measure/source.ts";

/** What is measured, and how often. */
const COMMANDS = [
  { args: ["--help"], times: 10 },
  { args: ["status", "--quick"], times: 5 },
  { args: ["up"], times: 3 },
];

const HELP = `scripts/start-up --stack NAME [--before CHECKOUT]
  --stack <name>       a stack that is up to date
  --before <checkout>  another checkout to compare with
`;

const shown = (all: readonly number[]): string => all.map((one) => one.toFixed(2)).join(", ");

await program(async () => {
  const { values } = parseArgs({
    options: { stack: { type: "string" }, before: { type: "string" }, help: { type: "boolean" } },
  });
  const { stack, before } = values;
  if (values.help || stack === undefined) {
    process.stdout.write(HELP);
    return values.help ? 0 : 2;
  }
  const checkouts = before === undefined ? [ROOT] : [before, ROOT];
  const rows = COMMANDS.map(({ args, times }) => {
    say(`measuring lab ${args.join(" ")}`);
    const figures = checkouts.map((checkout) => {
      // The first run compiles, and records which program and state are up to date.
      seconds(checkout, args, stack);
      return Array.from({ length: times }, () => seconds(checkout, args, stack));
    });
    return `| \`lab ${args.join(" ")}\` | ${figures.map((all) => `${median(all).toFixed(2)} s (${shown(all)})`).join(" | ")} |`;
  });
  const heads = checkouts.map((checkout) => sourceOf(checkout));
  const text = `# Start-up
Made by \`scripts/start-up\` on ${new Date().toISOString().slice(0, 10)}: ${machine()}. Seconds of the whole command: the median, and all runs. \`lab up\` is on a Lab002
that is up to date, with all probes.

| command | ${heads.join(" | ")} |
| --- | ${heads.map(() => "---").join(" | ")} |
${rows.join("\n")}
`;
  const file = join(ROOT, "docs/performance.md");
  writeFileSync(file, withSection(readFileSync(file, "utf8"), "start-up", text));
  say("docs/performance.md is written");
  return 0;
});

/** @throws UserError when the command fails */
function seconds(checkout: string, args: readonly string[], stack: string): number {
  const began = performance.now();
  try {
    execFileSync(join(checkout, "scripts/lab"), [...args, "--stack", stack], { stdio: "ignore" });
  } catch {
    throw new UserError(
      `lab ${args.join(" ")} in ${checkout}: it failed, expected a lab that is up to date. Run it there to see why.`,
      1,
    );
  }
  return (performance.now() - began) / 1000;
}
