import { isMap, isScalar, type Node, parseDocument } from "yaml";
import { isMapping, NAMESPACE, ownValues } from "../../config/normalize.ts";

/** Where a key of a host belongs in a stack's configuration: the host's, or that of its jump host. */
export type KeyPlace =
  | readonly ["hardware", "hosts", string]
  | readonly ["hardware", "hosts", string, "jump"];

/** Stands for a key that is not known yet, while the rest of a configuration is checked. */
const NOT_YET = `ssh-ed25519 AAAA${"0".repeat(64)}`;

/**
 * The values of a stack file as if every host had a key; the keys that are there stay.
 * @returns undefined where the text is no YAML mapping with `config`
 */
export function valuesWithKeys(content: string): Record<string, unknown> | undefined {
  const document = parseDocument(content);
  const whole: unknown = document.errors.length > 0 ? undefined : document.toJS();
  if (!isMapping(whole) || !isMapping(whole.config)) return undefined;
  const own = ownValues(whole.config);
  const hosts = isMapping(own.hardware) && isMapping(own.hardware.hosts) ? own.hardware.hosts : {};
  for (const host of Object.values(hosts)) {
    for (const login of isMapping(host) ? [host, host.jump] : []) {
      if (isMapping(login)) login.hostKey ??= NOT_YET;
    }
  }
  return own;
}

/** Whether a key is one that a person or `lab hosts trust` wrote. */
export const isKnown = (key: string | null): key is string => key !== null && key !== NOT_YET;

/**
 * The text of a stack file with a host's key in it; all else stays as it is, to the byte.
 * @returns undefined where the host is not written out in a way that can be changed safely
 */
export function withHostKey(content: string, place: KeyPlace, key: string): string | undefined {
  const document = parseDocument(content);
  const [hardware, ...below] = place;
  const login = [`${NAMESPACE}:${hardware}`, hardware]
    .map((name) => document.getIn(["config", name, ...below], true))
    .find((node) => isMap(node));
  if (!isMap(login)) return undefined;
  const pairOf = (name: string) => login.items.find((pair) => isScalar(pair.key) && pair.key.value === name);
  const given = pairOf("hostKey");
  const changed =
    given === undefined
      ? inserted(content, login.flow === true, pairOf("address"), key)
      : replaced(content, given.value, key);
  // Whatever an unusual way of writing it made of this: it is right, or it is not written.
  const seen: unknown = changed === undefined ? undefined : valuesWithKeys(changed);
  return at(seen, [...place, "hostKey"]) === key ? changed : undefined;
}

function replaced(content: string, value: unknown, key: string): string | undefined {
  const range = isScalar(value) ? value.range : undefined;
  if (!range || content.slice(range[0], range[1]).includes("\n")) return undefined;
  const space = range[0] === range[1] && content[range[0] - 1] === ":" ? " " : "";
  return content.slice(0, range[0]) + space + key + content.slice(range[1]);
}

/** Behind the address, in the same way in which that is written. */
function inserted(
  content: string,
  flow: boolean,
  address: { key: unknown; value: unknown } | undefined,
  key: string,
): string | undefined {
  const start = isScalar(address?.key) ? (address.key as Node).range?.[0] : undefined;
  const end = isScalar(address?.value) ? address.value.range?.[1] : undefined;
  if (start === undefined || end === undefined) return undefined;
  if (flow) return `${content.slice(0, end)}, hostKey: ${key}${content.slice(end)}`;
  const indent = content.slice(content.lastIndexOf("\n", start) + 1, start);
  const line = content.indexOf("\n", end);
  const to = line < 0 ? content.length : line;
  return `${content.slice(0, to)}\n${indent.replaceAll(/[^ ]/g, " ")}hostKey: ${key}${content.slice(to)}`;
}

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, name) => (isMapping(inner) ? inner[name] : undefined), value);
