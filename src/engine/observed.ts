import type { Values } from "../curriculum/tokens.ts";
import type { Role } from "../curriculum/types.ts";
import { keyResource } from "../hardware/key-names.ts";
import type { Addresses, Interfaces } from "../hardware/planned-node.ts";
import { tookSeconds } from "../plan/script.ts";
import { LAB_KEY, secretName } from "../plan/secret-names.ts";
import type { Connection } from "../transport/types.ts";
import type { Target } from "./target.ts";

/** A node in the state. */
export interface ObservedNode {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly addresses: Addresses;
  readonly interfaces: Interfaces;
  readonly connection: Connection;
  readonly facts: Values;
}

/** A step that is done according to the state. */
export interface DoneStep {
  readonly name: string;
  readonly step: string;
  readonly node: string;
  /** How long it took when it was last done. */
  readonly seconds: number | undefined;
  /** When it was last done, ISO 8601. */
  readonly at: string;
  /** The script that did it, as the state has it. */
  readonly script?: string;
}

/** What the state says about a stack. It holds secrets. */
export interface Observed {
  readonly exists: boolean;
  readonly nodes: readonly ObservedNode[];
  readonly done: readonly DoneStep[];
  readonly secrets: Readonly<Record<string, string>>;
  /** The lab's own key pair. @default it is not made yet */
  readonly key: { readonly private: string; readonly public: string } | undefined;
  /** How far the stack is to be built. @default the whole lab */
  readonly target?: Target;
  /** Names of the resources that `lab down` would remove. */
  readonly resources: readonly string[];
  /** All resources as the state has them. */
  readonly deployed: readonly StateResource[];
}

/** A resource in an exported deployment: only the fields that are read. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly modified?: string;
  readonly created?: string;
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** A value of the state without the wrapper of a decrypted secret. */
export function unwrap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrap);
  if (value === null || typeof value !== "object") return value;
  const record = value as Record<string, unknown>;
  if (SIGNATURE in record && typeof record.plaintext === "string")
    return unwrap(JSON.parse(record.plaintext));
  return Object.fromEntries(Object.entries(record).map(([key, item]) => [key, unwrap(item)]));
}

/** A resource's name, from its URN: all that follows the third pair of colons. */
export const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");

/** Reads a deployment that was exported with `--show-secrets`. */
export function observed(resources: readonly StateResource[]): Observed {
  const nodes: ObservedNode[] = [];
  const done: DoneStep[] = [];
  const secrets: Record<string, string> = {};
  let key: Observed["key"];
  for (const resource of resources) {
    const name = nameOf(resource.urn);
    const outputs = unwrap(resource.outputs ?? {}) as Record<string, unknown>;
    if (resource.type === "scratchstack:lab:Node" && outputs.connection !== undefined) {
      nodes.push({ facts: {}, ...outputs } as unknown as ObservedNode);
    }
    const known = secretName(name);
    if (resource.type === "command:local:Command" && known !== undefined) {
      secrets[known] = String(outputs.stdout);
    }
    if (name === keyResource(LAB_KEY) && outputs.stdout !== undefined) {
      key = JSON.parse(String(outputs.stdout)) as Observed["key"];
    }
    const at = name.lastIndexOf("@");
    if (resource.type.startsWith("command:") && at > 0 && name.slice(0, at).includes("/")) {
      done.push({
        name,
        step: name.slice(0, at),
        node: name.slice(at + 1),
        seconds: tookSeconds(String(outputs.stdout ?? "")),
        at: resource.modified ?? resource.created ?? "",
        ...(typeof outputs.create === "string" ? { script: outputs.create } : {}),
      });
    }
  }
  return {
    exists: true,
    nodes,
    done,
    secrets,
    key,
    resources: resources.filter((item) => item.type.startsWith("command:")).map((item) => nameOf(item.urn)),
    deployed: resources,
  };
}
