import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../config/errors.ts";
import { ROOT } from "../config/paths.ts";
import { quote } from "../config/quote.ts";
import type { StackConfig } from "../config/schema.ts";
import { STACKS } from "../config/stack-file.ts";
import { engineEnvironment, engineRoot } from "../engine/environment.ts";
import { hardwareOf } from "../hardware/lookup.ts";
import { readStackFile } from "../hardware/stack-config.ts";

/** The environment that the engine needs, as shell commands. The passphrase itself is never printed. */
function shell(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .filter(([name]) => name !== "PULUMI_CONFIG_PASSPHRASE")
    .map(([name, value]) => `export ${name}=${quote(value)}\n`)
    .join("");
}

/** The stack that a command line of `pulumi` is about: the one it names, else the selected one. */
function stackOf(args: readonly string[], pulumiHome: string): string | undefined {
  const at = args.findIndex((arg) => arg === "-s" || arg === "--stack");
  const named = at >= 0 ? args[at + 1] : args.find((arg) => arg.startsWith("--stack="))?.slice(8);
  return (named ?? selected(pulumiHome))?.split("/").at(-1);
}

/** As the engine notes it for each project file. */
function selected(pulumiHome: string): string | undefined {
  const project = createHash("sha1").update(join(ROOT, "Pulumi.yaml")).digest("hex");
  const file = join(pulumiHome, "workspaces", `scratchstack-${project}-workspace.json`);
  if (!existsSync(file)) return undefined;
  return (JSON.parse(readFileSync(file, "utf8")) as { stack?: string }).stack;
}

/** Shell that corrects what would lead the plugin of the stack's hardware astray; nothing for a stack without a file that is right. */
async function corrections(stack: string | undefined): Promise<string> {
  const config = stack === undefined ? undefined : configOf(stack);
  if (config === undefined) return "";
  const wrong = Object.entries((await hardwareOf(config).corrections?.(config)) ?? {});
  return wrong
    .map(([name, value]) => (value === "" ? `unset ${name}\n` : `export ${name}=${quote(value)}\n`))
    .join("");
}

function configOf(stack: string): StackConfig | undefined {
  if (!existsSync(join(STACKS, `Pulumi.${stack}.yaml`))) return undefined;
  try {
    return readStackFile(stack);
  } catch (error) {
    // The program says so itself; commands such as `pulumi config` are for mending it.
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

try {
  if (engineRoot() === undefined)
    throw new UserError("The Pulumi engine is not installed. Run scripts/setup.", 1);
  const environment = await engineEnvironment(process.env);
  process.stdout.write(shell(environment));
  const stack = stackOf(process.argv.slice(2), environment.PULUMI_HOME ?? "");
  process.stdout.write(await corrections(stack));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
