/**
 * Tokens are placeholders in strings of the course for what differs from lab to lab. They are resolved for one node at a time:
 * with real values for a script, with placeholders for a page. So the course stays plain data, and the record shows which
 * secrets a step needs.
 */
const TOKEN = /\{\{([a-z]+:[^{}]+)\}\}/g;

/** A random password with a name: `secret("keystone/database")`. */
export const secret = (name: string): string => `{{secret:${name}}}`;

/** Management address of the first node with a role. */
export const address = (role: string): string => `{{address:${role}}}`;

/** Tunnel address of the first node with a role. */
export const tunnel = (role: string): string => `{{tunnel:${role}}}`;

/**
 * Of the node the step runs on: `name`; `uuid`, which follows from the stack's and the node's names; `address` (management), `tunnel`, `provider`; `bridge_mappings`, which physical
 * network each of its bridges leads to, as Neutron's agent takes it.
 */
export const self = (what: "name" | "uuid" | "address" | "tunnel" | "provider" | "bridge_mappings"): string =>
  `{{self:${what}}}`;

/** Folder on the control node with the files of the small guest. A step with this token waits until they exist. */
export const guestFiles = (): string => `{{${GUEST_TOKEN}}}`;
export const GUEST_TOKEN = "guest:path";

/** A probed fact of the node the step runs on, e.g. `virt_type`, or `tunnel_interface`, its network interface in the tunnel network. */
export const fact = (name: string): string => `{{fact:${name}}}`;

/** A setting of the stack, e.g. `region`, `workers`. */
export const setting = (name: string): string => `{{setting:${name}}}`;

/**
 * Of the whole lab: `hosts` (lines for /etc/hosts); `names` (of all nodes, `|` between them); `nodes` (their names, with spaces between), `compute_nodes` likewise; `tunnel_prefix` (its length, e.g. 24); of the provider network
 * `provider_cidr`, `provider_gateway`, `pool_first` and `pool_last` (the addresses that OpenStack may assign), and `floating`,
 * the last of these, the address of the course's server; `public_key`, the key that servers accept.
 */
export const lab = (
  what:
    | "hosts"
    | "names"
    | "nodes"
    | "compute_nodes"
    | "tunnel_prefix"
    | "provider_cidr"
    | "provider_gateway"
    | "pool_first"
    | "pool_last"
    | "floating"
    | "public_key",
): string => `{{lab:${what}}}`;

/**
 * Of the machine that runs `lab`: `ssh`, the stack's folder for what SSH needs; `lab`, the command with the stack's name;
 * `private_key`, the lab's own.
 */
export const here = (what: "ssh" | "lab" | "private_key"): string => `{{here:${what}}}`;

/** Token name (without braces) → value. */
export type Values = Readonly<Record<string, string>>;

/** Names of all tokens in a value, each once, in order of appearance. */
export function tokensOf(value: unknown): string[] {
  const found = new Set<string>();
  for (const text of strings(value)) for (const match of text.matchAll(TOKEN)) found.add(String(match[1]));
  return [...found];
}

/**
 * The same value with every token replaced, object keys included.
 * @throws Error with the name of a token without a value (a mistake in the course, not of its user)
 */
export function resolve<T>(value: T, values: Values): T {
  if (typeof value === "string") {
    return value.replaceAll(TOKEN, (_, name: string) => {
      const found = values[name];
      if (found === undefined) throw new Error(`curriculum: no value for token {{${name}}}`);
      return found;
    }) as T;
  }
  if (Array.isArray(value)) return value.map((item) => resolve(item, values)) as T;
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [resolve(key, values), resolve(item, values)]),
    ) as T;
  }
  return value;
}

function* strings(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (Array.isArray(value)) for (const item of value) yield* strings(item);
  else if (value !== null && typeof value === "object") {
    for (const [key, item] of Object.entries(value)) {
      yield key;
      yield* strings(item);
    }
  }
}
