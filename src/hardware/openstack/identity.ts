import { mapping, text, type Values } from "./clouds-yaml.ts";

type Domain = { readonly name: string } | { readonly id: string };
type Named = { readonly id: string } | { readonly name: string; readonly domain: Domain };

/** Keystone's `auth` object. Holds a secret. */
export interface Identity {
  readonly identity:
    | {
        readonly methods: ["password"];
        readonly password: { readonly user: Named & { readonly password: string } };
      }
    | { readonly methods: ["token"]; readonly token: { readonly id: string } }
    | {
        readonly methods: ["application_credential"];
        readonly application_credential: (
          | { readonly id: string }
          | { readonly name: string; readonly user: Named }
        ) & { readonly secret: string };
      };
  readonly scope?: { readonly project: Named };
}

/** Other names of a key, which older files have. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  username: ["user_name"],
  project_id: ["tenant_id"],
  project_name: ["tenant_name"],
  token: ["auth_token"],
};

/** A key of `auth`, which may stand beside it as well. */
export function authValue(entry: Values, key: string): string | undefined {
  const auth = mapping(entry.auth);
  const names = [key, ...(ALIASES[key] ?? [])];
  return names.flatMap((name) => text(auth[name]) ?? text(entry[name]) ?? [])[0];
}

/** What a login is of that Keystone can be told here. */
const TYPES = [
  "password",
  "v3password",
  "v2password",
  "token",
  "v3token",
  "v3applicationcredential",
] as const;

/** Keystone's way to say who logs in; or what is missing, or found and not supported. */
export function identityOf(entry: Values): Identity | { readonly found: string } {
  const value = (key: string) => authValue(entry, key);
  const missing = (key: string) => ({ found: `no ${key}` });
  const type = text(entry.auth_type) ?? text(entry.auth_plugin) ?? "password";
  if (!TYPES.some((one) => one === type)) return { found: `auth_type ${type}` };
  const domain = (what: string): Domain => {
    const id = value(`${what}_domain_id`);
    if (id !== undefined) return { id };
    const name = value(`${what}_domain_name`);
    if (name !== undefined) return { name };
    const shared = value("domain_id");
    return shared === undefined ? { name: value("domain_name") ?? "Default" } : { id: shared };
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
    if (name === undefined) return missing("application_credential_id");
    if (user === undefined) return missing("username beside application_credential_name");
    return { identity: { methods, application_credential: { name, user, secret } } };
  }
  if (type === "v3applicationcredential") return missing("application_credential_secret");
  const project = named("project", value("project_id"), value("project_name"));
  const token = value("token");
  if (token !== undefined) {
    if (project === undefined) return missing("project_name");
    return { identity: { methods: ["token"], token: { id: token } }, scope: { project } };
  }
  const password = value("password");
  if (user === undefined) return missing("username");
  if (password === undefined) return missing("password");
  if (project === undefined) return missing("project_name");
  return {
    identity: { methods: ["password"], password: { user: { ...user, password } } },
    scope: { project },
  };
}
