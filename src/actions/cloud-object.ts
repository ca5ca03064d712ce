import type { CloudObject } from "../curriculum/actions.ts";
import { CLOUD_LOOK } from "./cloud-look.ts";
import { differ, type Seen } from "./differ.ts";
import { quote } from "./quote.ts";
import { CLIENT, python } from "./shell.ts";
import type { Difference } from "./types.ts";

/** Shell by which a person sees that an object is as it is to be; exit 0 where it is. */
export function asked({ kind, name, is }: CloudObject): string {
  const fields = Object.entries(is).map(([field, value]) =>
    kind === "keypair"
      ? `openstack keypair show --public-key ${quote(name)} | grep -F ${quote(value)}`
      : `openstack ${kind} show ${quote(name)} -f value -c ${field} | grep -x ${quote(value)}`,
  );
  return [CLIENT, ...fields].join("\n");
}

/** Shell that prints a line for each of the objects, in order; or one alone where none could be asked about. */
export const looked = (objects: readonly CloudObject[]): string =>
  python(CLOUD_LOOK, objects, "2>&1 || true");

/** What differs between an object wanted and the line that was printed of it. */
export function compareObject({ kind, name, is }: CloudObject, line: string): Difference[] {
  const what = `${kind} ${name}`;
  const seen = parse(line);
  if (seen === undefined) return [{ what, expected: "an answer", seen: line.trim() || "no answer" }];
  return differ(what, seen, is);
}

/** A field that is empty is none. */
function parse(line: string): Seen | null | undefined {
  try {
    return JSON.parse(line, (_, value) => (value === "" ? null : value));
  } catch {
    return undefined;
  }
}
