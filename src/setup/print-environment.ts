import { UserError } from "../config/errors.ts";
import { quote } from "../config/quote.ts";
import { engineEnvironment, engineRoot } from "../engine/environment.ts";

/** The environment that the engine needs, as shell commands. The passphrase itself is never printed. */
function shell(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .filter(([name]) => name !== "PULUMI_CONFIG_PASSPHRASE")
    .map(([name, value]) => `export ${name}=${quote(value)}\n`)
    .join("");
}

try {
  if (engineRoot() === undefined)
    throw new UserError("The Pulumi engine is not installed. Run scripts/setup.", 1);
  process.stdout.write(shell(await engineEnvironment(process.env)));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
