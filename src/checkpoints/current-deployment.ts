import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { backendFolder } from "../config/paths.ts";
import { engineEnvironment } from "../engine/environment.ts";
import { PROJECT, pulumi, unreachable } from "../engine/pulumi.ts";
import { type Deployment, deploymentIn } from "./deployment.ts";

/**
 * A stack's state as it is this moment, also while the engine works on it, secrets encrypted. Of a file backend it is read directly:
 * the engine's own way to export it takes a second, which a build would pay for every checkpoint.
 * @throws UserError when the backend does not give it out
 */
export async function currentDeployment(stack: string): Promise<Deployment> {
  const { PULUMI_BACKEND_URL } = await engineEnvironment(process.env);
  const root = backendFolder(PULUMI_BACKEND_URL ?? "");
  const file = root === undefined ? undefined : join(root, ".pulumi/stacks", PROJECT, `${stack}.json`);
  const text = file === undefined ? undefined : await readFile(file, "utf8").catch(() => undefined);
  const found = text === undefined ? undefined : deploymentIn(text);
  if (found !== undefined) return found;
  const { code, stdout, stderr } = await pulumi(["stack", "export", "--stack", stack]);
  if (/no stack named/.test(stderr)) return {};
  if (code !== 0) throw unreachable(stack, stderr);
  return deploymentIn(stdout) ?? {};
}
