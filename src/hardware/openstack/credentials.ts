import { readFileSync } from "node:fs";
import { proxyEnvironment } from "../../config/proxy.ts";
import type { StackConfig } from "../../config/schema.ts";
import { plainSecret, type SecretValue } from "../../config/secret-value.ts";
import type { Problem } from "../types.ts";
import { entryOf, expanded, type Surroundings, text, type Values } from "./clouds-yaml.ts";
import type { OpenstackStack } from "./config.ts";
import { authValue, type Identity, identityOf } from "./identity.ts";

export type { Surroundings } from "./clouds-yaml.ts";

/** Which of a service's addresses in the catalogue are used. */
const INTERFACES = ["public", "internal", "admin"] as const;
type Interface = (typeof INTERFACES)[number];

/** What a cloud is asked with. Holds a secret. */
export interface Credentials {
  /** Where they come from, for messages: a configuration path, a variable. */
  readonly where: string;
  /** Keystone's address. */
  readonly url: string;
  /** Keystone's `auth` object. */
  readonly identity: Identity;
  readonly region: string | undefined;
  readonly interface: Interface;
  readonly caFile: string | undefined;
  /** Certificate and key of the client, for clouds that ask for one. */
  readonly client: { readonly certFile: string; readonly keyFile: string } | undefined;
  /** False where certificates are not to be checked. */
  readonly verify: boolean;
  /** Variables, among them those of proxies. */
  readonly env: Surroundings["env"];
}

export const SURROUNDINGS: Surroundings = {
  env: process.env,
  folder: process.cwd(),
  read: (path) => {
    try {
      return readFileSync(path, "utf8");
    } catch {
      return undefined;
    }
  },
};

/** The surroundings with the proxies of the stack's file in place of those of the environment. */
export const surroundingsOf = (config: StackConfig): Surroundings => ({
  ...SURROUNDINGS,
  env: { ...SURROUNDINGS.env, ...proxyEnvironment(config, []) },
});

type Hardware = OpenstackStack["hardware"];
export type Choice = Pick<Hardware, "cloud" | "auth">;

/** The cloud of clouds.yaml that is meant; undefined where credentials come from elsewhere. */
export const cloudOf = ({ cloud, auth }: Choice, env: Surroundings["env"]): string | undefined =>
  cloud ?? (auth === null ? env.OS_CLOUD || undefined : undefined);

/**
 * The credentials that a stack is to use, from its configuration, clouds.yaml or the environment; or why there are none. The stack's
 * file wins: where it names a cloud or a login, no variable counts.
 */
export function credentials(
  hardware: Choice,
  surroundings: Surroundings = SURROUNDINGS,
): Credentials | Problem {
  const { env } = surroundings;
  const { auth } = hardware;
  if (auth !== null) return fromEntry("hardware.auth", fromConfiguration(auth), surroundings);
  const cloud = cloudOf(hardware, env);
  const variables = fromEnvironment(env);
  if (cloud === undefined) {
    if (!env.OS_AUTH_URL) return nowhere;
    return fromEntry("the environment (OS_AUTH_URL …)", variables, surroundings);
  }
  const given = hardware.cloud !== null;
  const region = given ? undefined : text(variables.region_name);
  const entry = entryOf(cloud, given ? "hardware.cloud" : "OS_CLOUD", surroundings, region);
  if (isProblem(entry)) return entry;
  const values = given ? entry.values : { ...entry.values, ...withinCloud(variables) };
  return fromEntry(`${entry.path}, cloud ${cloud}`, values, surroundings);
}

export const isProblem = (value: object): value is Problem => "fix" in value;

const nowhere: Problem = {
  where: "hardware.cloud",
  found: "nothing, and neither hardware.auth nor OS_CLOUD or OS_AUTH_URL in the environment",
  expected: "to be told which cloud, and who is let in",
  fix: "set hardware.cloud to a cloud of your clouds.yaml, or source the cloud's openrc file",
};

function fromConfiguration(auth: NonNullable<Hardware["auth"]>): Values {
  const plain = (value: SecretValue | null | undefined) =>
    value === null || value === undefined ? undefined : plainSecret(value);
  return {
    auth_url: auth.url,
    username: auth.user,
    password: plain(auth.password),
    project_name: auth.project,
    user_domain_name: auth.userDomain,
    project_domain_name: auth.projectDomain,
    application_credential_id: auth.applicationCredential?.id,
    application_credential_secret: plain(auth.applicationCredential?.secret),
    region_name: auth.region,
    cacert: auth.caFile,
  };
}

/** The variables as the openstack client takes them: `OS_PROJECT_NAME` is `project_name`. */
const fromEnvironment = (env: Surroundings["env"]): Values =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      name.startsWith("OS_") && value ? [[name.slice("OS_".length).toLowerCase(), value]] : [],
    ),
  );

/** What the variables may say beside OS_CLOUD: how the cloud is reached, not who logs in. */
function withinCloud({ interface: one, endpoint_type: other, cacert, cert, key }: Values): Values {
  const given = { interface: text(one) ?? text(other), cacert, cert, key };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

const isYes = (value: unknown): boolean => /^(?:1|t|true|yes|on)$/i.test(text(value) ?? "");
const isNo = (value: unknown): boolean => /^(?:0|f|false|no|off)$/i.test(text(value) ?? "");

function fromEntry(where: string, values: Values, surroundings: Surroundings): Credentials | Problem {
  const region = text(values.region_name);
  // Profiles have addresses such as https://{region_name}.example.org.
  const url = authValue(values, "auth_url")?.replaceAll("{region_name}", region ?? "");
  const identity = identityOf(values);
  if (url === undefined || "found" in identity) {
    return {
      where,
      found: url === undefined ? "no auth_url" : "found" in identity ? identity.found : "",
      expected: "address, user, password and project, or an application credential",
      fix: "complete it; the cloud's dashboard offers a whole clouds.yaml or openrc file",
    };
  }
  const spelled = text(values.interface) ?? text(values.endpoint_type) ?? "public";
  const side = INTERFACES.find((one) => one === spelled.replace(/URL$/, ""));
  if (side === undefined) {
    return {
      where,
      found: `interface ${spelled}`,
      expected: `one of: ${INTERFACES.join(", ")}`,
      fix: "correct interface in clouds.yaml, or OS_INTERFACE (OS_ENDPOINT_TYPE) in the environment",
    };
  }
  const path = (key: string): string | undefined => {
    const given = text(values[key]);
    return given === undefined ? undefined : expanded(given, surroundings);
  };
  const [certFile, keyFile] = [path("cert"), path("key")];
  return {
    where,
    url,
    identity,
    region,
    interface: side,
    caFile: path("cacert"),
    client: certFile === undefined ? undefined : { certFile, keyFile: keyFile ?? certFile },
    verify: !isYes(values.insecure) && !isNo(values.verify),
    env: surroundings.env,
  };
}
