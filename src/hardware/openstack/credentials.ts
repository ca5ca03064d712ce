import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { nearest } from "../../config/nearest.ts";
import { isMapping } from "../../config/normalize.ts";
import { plainSecret, type SecretValue } from "../../config/secret-value.ts";
import type { Problem } from "../types.ts";
import type { OpenstackStack } from "./config.ts";

/** What a cloud is asked with. Holds a secret. */
export interface Credentials {
  /** Where they come from, for messages: a configuration path, a variable. */
  readonly where: string;
  /** Keystone's address. */
  readonly url: string;
  /** Keystone's `auth` object. */
  readonly identity: Identity;
  readonly region: string | undefined;
  readonly caFile: string | undefined;
  /** False where certificates are not to be checked. */
  readonly verify: boolean;
}

type Domain = { readonly name: string } | { readonly id: string };
type Named = { readonly id: string } | { readonly name: string; readonly domain: Domain };

interface Identity {
  readonly identity:
    | {
        readonly methods: ["password"];
        readonly password: { readonly user: Named & { readonly password: string } };
      }
    | {
        readonly methods: ["application_credential"];
        readonly application_credential: (
          | { readonly id: string }
          | { readonly name: string; readonly user: Named }
        ) & { readonly secret: string };
      };
  readonly scope?: { readonly project: Named };
}

/** What is read of this machine for them. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Text of a file, undefined where there is none. */
  readonly read: (path: string) => string | undefined;
}

export const SURROUNDINGS: Surroundings = {
  env: process.env,
  read: (path) => {
    try {
      return readFileSync(path, "utf8");
    } catch {
      return undefined;
    }
  },
};

type Values = Readonly<Record<string, unknown>>;
type Hardware = OpenstackStack["hardware"];

/** The cloud of clouds.yaml that is meant; undefined where credentials come from elsewhere. */
export const cloudOf = (
  { cloud, auth }: Pick<Hardware, "cloud" | "auth">,
  env: Surroundings["env"],
): string | undefined => cloud ?? (auth === null ? env.OS_CLOUD || undefined : undefined);

/** The credentials that a stack is to use, from its configuration, clouds.yaml or the environment; or why there are none. */
export function credentials(
  hardware: Pick<Hardware, "cloud" | "auth">,
  { env, read }: Surroundings = SURROUNDINGS,
): Credentials | Problem {
  const { auth } = hardware;
  if (auth !== null) return fromConfiguration(auth);
  const cloud = cloudOf(hardware, env);
  if (cloud !== undefined) {
    return fromFile(cloud, hardware.cloud === null ? "OS_CLOUD" : "hardware.cloud", { env, read });
  }
  if (!env.OS_AUTH_URL) return nowhere;
  return fromValues("the environment (OS_AUTH_URL …)", fromEnvironment(env), env.OS_REGION_NAME, {
    cacert: env.OS_CACERT,
    verify: env.OS_INSECURE !== "true",
  });
}

export const isProblem = (value: object): value is Problem => "mend" in value;

const nowhere: Problem = {
  where: "hardware.cloud",
  found: "nothing, and neither hardware.auth nor OS_CLOUD or OS_AUTH_URL in the environment",
  expected: "to be told which cloud, and who is let in",
  mend: "set hardware.cloud to a cloud of your clouds.yaml, or source the cloud's openrc file",
};

function fromConfiguration(auth: NonNullable<Hardware["auth"]>): Credentials | Problem {
  const plain = (value: SecretValue | null | undefined) =>
    value === null || value === undefined ? undefined : plainSecret(value);
  const values = {
    auth_url: auth.url,
    username: auth.user,
    password: plain(auth.password),
    project_name: auth.project,
    user_domain_name: auth.userDomain,
    project_domain_name: auth.projectDomain,
    application_credential_id: auth.applicationCredential?.id,
    application_credential_secret: plain(auth.applicationCredential?.secret),
  };
  return fromValues("hardware.auth", values, auth.region ?? undefined, { cacert: auth.caFile, verify: true });
}

/** The same order as the plugin's, but for the working folder, which is not the same for `lab` and bare `pulumi`. */
function files({ env }: Surroundings, name: string): string[] {
  const given = name === "clouds" ? env.OS_CLIENT_CONFIG_FILE : undefined;
  const config = env.XDG_CONFIG_HOME ?? join(env.HOME ?? homedir(), ".config");
  const usual = [join(config, `openstack/${name}.yaml`), `/etc/openstack/${name}.yaml`];
  return given ? [given] : usual;
}

function fromFile(cloud: string, where: string, surroundings: Surroundings): Credentials | Problem {
  const load = (name: string) =>
    files(surroundings, name).flatMap((path) => {
      const text = surroundings.read(path);
      return text === undefined ? [] : [{ path, text }];
    })[0];
  const found = load("clouds");
  if (found === undefined) {
    return {
      where,
      found: `${cloud}, and no clouds.yaml in ${files(surroundings, "clouds").join(" or ")}`,
      expected: "a cloud that clouds.yaml names",
      mend: `put the cloud's clouds.yaml there (its dashboard offers it under "API Access"), or set hardware.auth`,
    };
  }
  const clouds = cloudsIn(found.text);
  const entry = clouds?.[cloud];
  if (!isMapping(entry)) return unknownCloud(cloud, where, found.path, Object.keys(clouds ?? {}));
  const secure = cloudsIn(load("secure")?.text ?? "")?.[cloud];
  const auth = { ...mapping(entry.auth), ...mapping(mapping(secure).auth) };
  return fromValues(`${found.path}, cloud ${cloud}`, auth, text(entry.region_name), {
    cacert: text(entry.cacert),
    verify: entry.verify !== false,
  });
}

function unknownCloud(cloud: string, where: string, path: string, known: readonly string[]): Problem {
  const near = nearest(cloud, known);
  const meant = near === undefined ? "" : `; did you mean ${near}?`;
  return {
    where,
    found: `${cloud}, which ${path} does not have`,
    expected: `a cloud of it: ${known.join(", ") || "there is none"}${meant}`,
    mend: `set ${where === "OS_CLOUD" ? "OS_CLOUD" : "hardware.cloud"} to one of them, or add it to ${path}`,
  };
}

function cloudsIn(content: string): Values | undefined {
  try {
    const clouds = mapping(parse(content)).clouds;
    return isMapping(clouds) ? clouds : undefined;
  } catch {
    return undefined;
  }
}

const mapping = (value: unknown): Values => (isMapping(value) ? value : {});
const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined;

function fromEnvironment(env: Surroundings["env"]): Values {
  return {
    auth_url: env.OS_AUTH_URL,
    username: env.OS_USERNAME,
    user_id: env.OS_USER_ID,
    password: env.OS_PASSWORD,
    project_name: env.OS_PROJECT_NAME ?? env.OS_TENANT_NAME,
    project_id: env.OS_PROJECT_ID ?? env.OS_TENANT_ID,
    user_domain_name: env.OS_USER_DOMAIN_NAME ?? env.OS_DOMAIN_NAME,
    user_domain_id: env.OS_USER_DOMAIN_ID,
    project_domain_name: env.OS_PROJECT_DOMAIN_NAME ?? env.OS_DOMAIN_NAME,
    project_domain_id: env.OS_PROJECT_DOMAIN_ID,
    application_credential_id: env.OS_APPLICATION_CREDENTIAL_ID,
    application_credential_name: env.OS_APPLICATION_CREDENTIAL_NAME,
    application_credential_secret: env.OS_APPLICATION_CREDENTIAL_SECRET,
  };
}

function fromValues(
  where: string,
  auth: Values,
  region: string | undefined,
  tls: { cacert?: string | null | undefined; verify: boolean },
): Credentials | Problem {
  const url = text(auth.auth_url);
  const identity = identityOf(auth);
  if (url === undefined || typeof identity === "string") {
    return {
      where,
      found: `no ${url === undefined ? "auth_url" : identity}`,
      expected: "address, user, password and project, or an application credential",
      mend: "complete it; the cloud's dashboard offers a whole clouds.yaml or openrc file",
    };
  }
  return { where, url, identity, region, caFile: tls.cacert ?? undefined, verify: tls.verify };
}

/** Keystone's way to say it; or what is missing. */
function identityOf(auth: Values): Identity | string {
  const value = (key: string) => text(auth[key]);
  const domain = (what: string): Domain => {
    const id = value(`${what}_domain_id`);
    return id === undefined
      ? { name: value(`${what}_domain_name`) ?? value("domain_name") ?? "Default" }
      : { id };
  };
  const named = (what: string, id: string | undefined, name: string | undefined): Named | undefined => {
    if (id !== undefined) return { id };
    return name === undefined ? undefined : { name, domain: domain(what) };
  };
  const user = named("user", value("user_id"), value("username"));
  const secret = value("application_credential_secret");
  if (secret !== undefined) {
    const id = value("application_credential_id");
    const name = value("application_credential_name");
    const methods: ["application_credential"] = ["application_credential"];
    if (id !== undefined) return { identity: { methods, application_credential: { id, secret } } };
    if (name === undefined) return "application_credential_id";
    if (user === undefined) return "username beside application_credential_name";
    return { identity: { methods, application_credential: { name, user, secret } } };
  }
  const password = value("password");
  const project = named("project", value("project_id"), value("project_name"));
  if (user === undefined) return "username";
  if (password === undefined) return "password";
  if (project === undefined) return "project_name";
  return {
    identity: { methods: ["password"], password: { user: { ...user, password } } },
    scope: { project },
  };
}
