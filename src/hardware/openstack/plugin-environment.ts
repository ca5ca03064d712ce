import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cache } from "../../config/paths.ts";
import type { Surroundings } from "./clouds-yaml.ts";
import {
  type Choice,
  type Credentials,
  cloudOf,
  credentials,
  isProblem,
  SURROUNDINGS,
} from "./credentials.ts";

type Variables = Readonly<Record<string, string>>;

/**
 * The variables that the plugin reads, for the cloud that the stack is meant for. The plugin takes each argument that it is not given
 * from an `OS_*` variable; those of another cloud are therefore empty.
 * @param save writes a `clouds.yaml` without secrets. @returns its path
 */
export async function pluginEnvironment(
  hardware: Choice,
  surroundings: Surroundings = SURROUNDINGS,
  save: (content: string) => Promise<string> = saveClouds,
): Promise<Variables> {
  const cleared = Object.fromEntries(names(surroundings.env).map((name) => [name, ""]));
  // All of it is in the arguments.
  if (hardware.auth !== null) return cleared;
  const found = credentials(hardware, surroundings);
  if (isProblem(found)) return cleared;
  const cloud = cloudOf(hardware, surroundings.env) ?? "environment";
  // The plugin wants a cloud to be in the first clouds.yaml that it finds; the rest it takes from the variables.
  const content = JSON.stringify({ clouds: { [cloud]: { auth: { auth_url: found.url } } } });
  return { ...cleared, ...variables(found), OS_CLOUD: cloud, OS_CLIENT_CONFIG_FILE: await save(content) };
}

const names = (env: Surroundings["env"]): string[] =>
  Object.keys(env).filter((name) => name.startsWith("OS_") && env[name]);

/** Credentials as the plugin's variables. */
function variables(found: Credentials): Variables {
  const { identity, scope } = found.identity;
  const project = scope?.project;
  const given: Readonly<Record<string, string | undefined>> = {
    OS_AUTH_URL: found.url,
    OS_IDENTITY_API_VERSION: "3",
    ...("password" in identity
      ? { ...named("USER", identity.password.user), OS_PASSWORD: identity.password.user.password }
      : "token" in identity
        ? { OS_TOKEN: identity.token.id }
        : credential(identity.application_credential)),
    ...(project === undefined ? {} : named("PROJECT", project)),
    OS_REGION_NAME: found.region,
    OS_ENDPOINT_TYPE: found.interface,
    OS_CACERT: found.caFile,
    OS_CERT: found.client?.certFile,
    OS_KEY: found.client?.keyFile,
    OS_INSECURE: found.verify ? undefined : "true",
  };
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

interface Named {
  readonly id?: string;
  readonly name?: string;
  readonly domain?: { readonly id?: string; readonly name?: string };
}

const named = (what: "USER" | "PROJECT", { id, name, domain }: Named) => ({
  [`OS_${what}_ID`]: id,
  [what === "USER" ? "OS_USERNAME" : "OS_PROJECT_NAME"]: name,
  [`OS_${what}_DOMAIN_ID`]: domain?.id,
  [`OS_${what}_DOMAIN_NAME`]: domain?.name,
});

const credential = ({
  id,
  name,
  secret,
  user,
}: Omit<Named, "domain"> & { secret: string; user?: Named }) => ({
  OS_APPLICATION_CREDENTIAL_ID: id,
  OS_APPLICATION_CREDENTIAL_NAME: name,
  OS_APPLICATION_CREDENTIAL_SECRET: secret,
  ...(user === undefined ? {} : named("USER", user)),
});

/** The same content is the same file, so that two runs at once do not disturb each other. */
async function saveClouds(content: string): Promise<string> {
  const folder = join(cache(), "clouds");
  const path = join(folder, `${createHash("sha256").update(content).digest("hex").slice(0, 16)}.yaml`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(path, content, { mode: 0o600 });
  return path;
}

/** Where files are, and what does not depend on the cloud. */
const HARMLESS = new Set(["OS_CLIENT_CONFIG_FILE", "OS_CLIENT_SECURE_FILE", "OS_ENDPOINT_TYPE"]);

/**
 * What is to be changed in the environment of bare `pulumi`, where the plugin sees all variables of the shell.
 * @returns variables with the value that they must have; "" for those that must not be set
 */
export function corrections(hardware: Choice, surroundings: Surroundings = SURROUNDINGS): Variables {
  const { env } = surroundings;
  if (hardware.auth !== null) return corrected(env, names(env), { OS_ENDPOINT_TYPE: "public" });
  const found = credentials(hardware, surroundings);
  if (isProblem(found)) return {};
  const cloud = cloudOf(hardware, env);
  if (cloud === undefined) return corrected(env, [], variables(found));
  return corrected(env, names(env), { ...variables(found), OS_CLOUD: cloud });
}

/** @param suspects that must be as in `own`, or not set at all */
function corrected(env: Surroundings["env"], suspects: readonly string[], own: Variables): Variables {
  const wrong = suspects.filter((name) => !HARMLESS.has(name) && env[name] !== own[name]);
  const { OS_ENDPOINT_TYPE: wanted = "public" } = own;
  const side = (env.OS_ENDPOINT_TYPE || "public").replace(/URL$/, "");
  return {
    ...Object.fromEntries(wrong.map((name) => [name, ""])),
    ...(side === wanted ? {} : { OS_ENDPOINT_TYPE: wanted }),
  };
}
