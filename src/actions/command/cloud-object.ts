import { programText } from "../../config/program-text.ts";
import { quote } from "../../config/quote.ts";
import type { CloudObject } from "../../curriculum/actions.ts";
import { apiProgram, diffFields, type Fields } from "../cloud-api.ts";
import { CLIENT, python } from "../shell.ts";
import type { Difference } from "../types.ts";

/**
 * Reads objects of Nova and Glance: one login, one request for each. Prints a line for each object: its fields as JSON, or null, or what
 * went wrong.
 */
const PROBE = apiProgram(programText("actions/command/cloud_objects.py"));

/** Shell by which a person sees that an object is as wanted; exits 0 if it is. */
export function objectCommands({ kind, name, is }: CloudObject): string {
  const fields = Object.entries(is).map(([field, value]) =>
    kind === "keypair"
      ? `openstack keypair show --public-key ${quote(name)} | grep -F ${quote(value)}`
      : `openstack ${kind} show ${quote(name)} -f value -c ${field} | grep -x ${quote(value)}`,
  );
  return [CLIENT, ...fields].join("\n");
}

/** Shell that prints a line for each of the objects, in order; or one line if none of them could be read. */
export const objectsProbe = (objects: readonly CloudObject[]): string =>
  python(PROBE, objects, "2>&1 || true");

/** What differs between the wanted object and the line that was printed for it. */
export function compareObject({ kind, name, is }: CloudObject, line: string): Difference[] {
  const what = `${kind} ${name}`;
  const seen = parse(line);
  if (seen === undefined) return [{ what, expected: "an answer", seen: line.trim() || "no answer" }];
  return diffFields(what, seen, is);
}

/** An empty field counts as missing. */
function parse(line: string): Fields | null | undefined {
  try {
    return JSON.parse(line, (_, value) => (value === "" ? null : value));
  } catch {
    return undefined;
  }
}
