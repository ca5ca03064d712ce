import { UserError } from "../config/errors.ts";
import { FOR_TESTS, REQUIREMENTS } from "./requirements.ts";
import { runSetup } from "./setup.ts";

/** The part of `scripts/setup` that comes once Node and the npm packages are there. */
const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

try {
  const requirements = process.argv.includes("--tests") ? [...REQUIREMENTS, ...FOR_TESTS] : REQUIREMENTS;
  const mended = await runSetup({ say, quick: process.argv.includes("--quick"), requirements });
  if (mended.length > 0) say(`set up: ${mended.map(({ title }) => title).join(", ")}`);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  say(error.message);
  process.exitCode = error.exitCode;
}
