import type { KindConfig } from "./kind.ts";
import { isMapping } from "./normalize.ts";
import { type Path, show } from "./problems.ts";
import type { StackConfig } from "./schema.ts";

/** What happens to a lab that is built when a key of its stack file changes. */
export type KeyChange =
  /** `lab up` does it whole. */
  | { readonly up: string }
  /** `lab up` refuses it before it touches anything. */
  | {
      /** Why it cannot be done on a lab that is built. */
      readonly refused: string;
      /** The service whose reset makes the change possible. @default none: `lab down` takes the whole lab down */
      readonly reset?: string;
      /** An empty value names nothing, so a change from or to it is not refused. @default it is a value like any other */
      readonly emptyIsUnknown?: true;
    };

/** By the key's path; `*` is a free name. Keys that only hold other keys are left out. */
export type KeyChanges = Readonly<Record<string, KeyChange>>;

const ADDRESSES =
  "the addresses of the nodes are in the database of every service, in their configuration and on the interfaces";
const NETWORK: KeyChange = { refused: ADDRESSES };
const POOL: KeyChange = {
  refused: "Neutron has assigned addresses of the pool to the router and the server",
  reset: "first-network",
};
const GUEST: KeyChange = { refused: "the servers were booted from the earlier image", reset: "first-server" };

const PROXY: KeyChange = { up: "makes the nodes fetch packages through it from then on" };

/** The keys that every kind of hardware has. */
const COMMON: KeyChanges = {
  lab: { up: "continues the lab; an earlier lab than the one that is built is refused" },
  release: { refused: "packages and databases of another release do not match those that are installed" },
  "hardware.kind": { refused: "the nodes exist on hardware of another kind" },
  "hardware.networks.management.cidr": NETWORK,
  "hardware.networks.management.gateway": NETWORK,
  "hardware.networks.tunnel.cidr": NETWORK,
  "hardware.networks.tunnel.gateway": NETWORK,
  "hardware.networks.provider.cidr": NETWORK,
  "hardware.networks.provider.gateway": NETWORK,
  "hardware.networks.provider.pool.first": POOL,
  "hardware.networks.provider.pool.last": POOL,
  "settings.region": {
    refused: "endpoints, users' clients and the configuration of every service name the region",
    reset: "keystone",
  },
  "settings.workers": { up: "writes the new number and restarts the APIs" },
  "settings.virtualization": {
    up: "restarts nova-compute; servers that exist keep theirs until they are built again",
  },
  "settings.proxy.http": PROXY,
  "settings.proxy.https": PROXY,
  "settings.proxy.noProxy": PROXY,
  "settings.datapath": {
    refused: "bridges and ports of the servers belong to the earlier datapath",
    reset: "openvswitch",
  },
  "settings.guest.image": GUEST,
  "settings.guest.url": GUEST,
  "settings.guest.sha256": GUEST,
  checkpoints: { up: "takes checkpoints by the new rule from then on" },
};

/** The rules for all keys of a stack on one kind of hardware. */
export const keyChanges = ({ changes = {} }: Pick<KindConfig, "changes">): KeyChanges => ({
  ...COMMON,
  ...changes,
});

/** Path of a key, e.g. `settings.region` → its value. */
export type Recorded = Readonly<Record<string, unknown>>;

/** The values that must stay while a lab is built. The state of a stack has them; none is a secret. */
export const recordedValues = (config: StackConfig, kind: Pick<KindConfig, "changes">): Recorded =>
  Object.fromEntries(refusals(keyChanges(kind)).flatMap(([path]) => valuesAt(config, path.split("."))));

/** A key that has another value than the lab was built with, and may not. */
export interface RefusedChange {
  readonly where: string;
  readonly found: string;
  /** The value that the lab was built with. */
  readonly built: string;
  readonly why: string;
  /** The service whose reset makes it possible; undefined where the lab must be taken down. */
  readonly reset: string | undefined;
}

/**
 * The changes that are refused. Keys that were not recorded are not compared: the lab is older, or the node is new.
 * @param built what the state has of `recordedValues`
 * @param services ids of the services of which a step is done
 */
export function refusedChanges(
  built: Recorded,
  config: StackConfig,
  kind: Pick<KindConfig, "changes">,
  services: ReadonlySet<string>,
): RefusedChange[] {
  return refusals(keyChanges(kind)).flatMap(([path, rule]) => {
    if (rule.reset !== undefined && !services.has(rule.reset)) return [];
    return valuesAt(config, path.split(".")).flatMap(([where, value]): RefusedChange[] => {
      if (!(where in built) || JSON.stringify(built[where]) === JSON.stringify(value)) return [];
      if (rule.emptyIsUnknown && (value === null || built[where] === null)) return [];
      const shown = { where, found: show(value), built: show(built[where]) };
      return [{ ...shown, why: rule.refused, reset: rule.reset }];
    });
  });
}

type Refusal = Extract<KeyChange, { refused: string }>;

const refusals = (changes: KeyChanges): [string, Refusal][] =>
  Object.entries(changes).flatMap(([path, rule]) => ("refused" in rule ? [[path, rule]] : []));

/** The values below a path with `*` for free names. What is not there has none. */
function valuesAt(value: unknown, [key, ...rest]: readonly string[], at: Path = []): [string, unknown][] {
  if (key === undefined) return value === undefined ? [] : [[at.join("."), value]];
  if (!isMapping(value)) return [];
  const names = key === "*" ? Object.keys(value) : [key];
  return names.flatMap((name) => valuesAt(value[name], rest, [...at, name]));
}
