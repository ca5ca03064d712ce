import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../config/errors.ts";
import { ROOT } from "../config/paths.ts";
import type { ConfiguredStack } from "../config/schema.ts";
import { holdsLocked } from "../config/secret-value.ts";
import { writeWhole } from "../config/write-whole.ts";
import { parseStackConfig } from "../hardware/stack-config.ts";
import { pulumi } from "./pulumi.ts";

interface Value {
  readonly value?: string;
  readonly objectValue?: unknown;
}

/**
 * A stack's configuration with the secrets of its file in plain text, for use in memory only. The engine decrypts them: it has
 * the key.
 * @throws UserError when it cannot
 */
export async function decrypted(configured: ConfiguredStack): Promise<ConfiguredStack> {
  const { name: stack, config } = configured;
  if (!holdsLocked(config)) return { name: stack, config };
  // The file can be on this machine without its state: in CI, or on a second machine.
  await pulumi(["stack", "select", "--create", "--stack", stack]);
  const { code, stdout, stderr } = await pulumi(["config", "--json", "--show-secrets", "--stack", stack]);
  if (code !== 0) {
    throw new UserError(
      `The secrets in the configuration of stack ${stack} cannot be read: ${stderr.trim().replace(/^error: /, "")}. ` +
        "Expected the passphrase (PULUMI_CONFIG_PASSPHRASE) or key that they were encrypted with; set it, or set them again.",
      1,
    );
  }
  const values = Object.entries(JSON.parse(stdout) as Record<string, Value>).map(
    ([key, { value, objectValue }]) => [key, objectValue ?? value] as const,
  );
  // Only the hardware and the proxy have secrets. The rest can differ from the file (`--lab`).
  const { hardware, settings } = parseStackConfig(stack, Object.fromEntries(values));
  return {
    name: stack,
    config: { ...config, hardware, settings: { ...config.settings, proxy: settings.proxy } },
  };
}

/**
 * The text of a stack file without the encryption salt that the engine writes into it when it makes the stack. The salt stays
 * when the configuration holds encrypted values: they cannot be decrypted without it.
 */
export function withoutEncryptionSalt(text: string): string {
  if (/^\s+secure:/m.test(text)) return text;
  return text.replace(/^encryptionsalt:.*\n?/m, "");
}

/** Removes the encryption salt from a stack file, so that the file is as it was before the stack was made. */
export async function removeEncryptionSalt(stack: string): Promise<void> {
  const file = join(ROOT, "stacks", `Pulumi.${stack}.yaml`);
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return;
  const clean = withoutEncryptionSalt(text);
  if (clean !== text) await writeWhole(file, clean);
}
