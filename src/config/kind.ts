import type { z } from "zod";
import type { KeyChanges } from "./changes.ts";
import { hostAddress } from "./ipv4.ts";
import type { LabRoles } from "./labs.ts";
import type { NetworkName } from "./networks.ts";
import { type Path, type Problem, show } from "./problems.ts";
import type { StackConfig, StackInput } from "./schema.ts";

/**
 * A kind of hardware as far as configuration needs it. `hardware` is above `config`, so its descriptors
 * (`src/hardware/kinds.ts`) are handed in; each is one of these.
 */
export interface KindConfig {
  /** Schemas of its keys below `hardware`, besides `kind`. */
  readonly keys: { readonly networks: z.ZodType; readonly [key: string]: z.ZodType };
  /** Keys whose value is or holds a secret, e.g. `auth`: messages never show it. @default none */
  readonly secretKeys?: readonly string[];
  /** Present where nodes can go back to an earlier moment. Without it `checkpoints` must be `none`, which is the default then. */
  readonly checkpoints?: object;
  /** Why `memory` and `cpus` of nodes have no effect, and what to set instead. @default they have an effect */
  readonly sizedElsewhere?: string;
  /** The address that the configuration gives a node in a network. @default its number, counted in the network */
  givenAddress?(config: StackConfig, node: string, network: NetworkName): string | undefined;
  /**
   * The block of addresses (`networks.ts`) that the stack's networks are in, where its file gives them no `cidr`.
   * @default the one that the stack's name leads to
   */
  networkBlock?(stack: string): number;
  /** What happens to a lab that is built when one of these keys changes. @default nothing is known, and nothing refused */
  readonly changes?: KeyChanges;
  /** What is wrong with the keys of this kind, beyond their shape. Called only with configurations of this kind. @default nothing */
  check?(config: StackConfig, labs: LabRoles): Problem[];
}

/** Every kind of hardware by the name that `hardware.kind` has for it. A stack without `hardware.kind` is on the first one. */
export type Kinds = Readonly<Record<string, KindConfig>>;

/** The kind of a stack that does not name one. */
export const defaultKind = (kinds: Kinds): string => Object.keys(kinds)[0] ?? "";

/**
 * A node's address in a network.
 * @throws Error for a network that is not one (configuration is checked before)
 */
export function addressOf(
  config: StackConfig,
  kind: Pick<KindConfig, "givenAddress">,
  node: string,
  network: NetworkName,
): string {
  const given = kind.givenAddress?.(config, node, network);
  return given ?? hostAddress(config.hardware.networks[network].cidr, config.nodes[node]?.number ?? 0);
}

/** Keys that have no effect on this kind of hardware. @param input as it was given, before any default */
export function checkKind({ hardware, nodes = {}, checkpoints }: StackInput, kind: KindConfig): Problem[] {
  const problem = (path: Path, value: unknown, expected: string): Problem => ({
    path,
    found: show(value),
    expected,
  });
  const on = `on hardware of kind ${hardware.kind}`;
  const going =
    kind.checkpoints !== undefined || checkpoints === undefined || checkpoints === "none"
      ? []
      : [
          problem(
            ["checkpoints"],
            checkpoints,
            `none ${on}: its nodes cannot be put back to an earlier moment`,
          ),
        ];
  const { sizedElsewhere } = kind;
  if (sizedElsewhere === undefined) return going;
  const sizes = Object.entries(nodes).flatMap(([name, node]) =>
    (["memory", "cpus"] as const)
      .filter((key) => (node[key] ?? null) !== null)
      .map((key) => problem(["nodes", name, key], node[key], `no ${key} ${on}: ${sizedElsewhere}`)),
  );
  return [...going, ...sizes];
}
