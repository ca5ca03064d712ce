import { UserError } from "../config/errors.ts";
import { FOR_TESTS, REQUIREMENTS } from "./requirements.ts";
import { runSetup } from "./setup.ts";

/** `scripts/setup` runs this once it has provided Node and the npm packages. */
const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

try {
  const requirements = process.argv.includes("--tests") ? [...REQUIREMENTS, ...FOR_TESTS] : REQUIREMENTS;
  const provided = await runSetup({ say, quick: process.argv.includes("--quick"), requirements });
  if (provided.length > 0) say(`set up: ${provided.map(({ title }) => title).join(", ")}`);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  say(error.message);
  process.exitCode = error.exitCode;
}
