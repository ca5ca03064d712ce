import { UserError } from "../../config/errors.ts";
import { NETWORKS } from "../../config/networks.ts";
import { quote } from "../../config/quote.ts";
import { runLocal } from "../../transport/local.ts";
import { stateId, stateMark } from "../state-mark.ts";
import type { Foreign, MadeByState, Sorted } from "../types.ts";
import { BY, bridgeNames, OWNER, ownerMark, REACH_INCUS, STATE } from "./names.ts";
import { patiently } from "./node.ts";

/** An instance or a network in Incus that bears a stack's name. */
export interface Found {
  readonly kind: "instance" | "network";
  readonly name: string;
  /** `StateMark.id` and `StateMark.by`; undefined on what was made before states had marks. */
  readonly state: string | undefined;
  readonly by: string | undefined;
  /** Of an instance without a mark: the keys that may log in as root. */
  readonly loginKeys?: string;
}

/**
 * Which of it another state made, and which of it this state made before there were marks of states. An instance without a mark is
 * the one's whose login key it lets in; a network without a mark is the one's that has it as a resource, where no instance on it
 * is another's.
 */
export function sorted(
  stack: string,
  found: readonly Found[],
  { loginKey, resources }: MadeByState,
): { readonly foreign: Found[]; readonly unmarked: Found[] } {
  const bridges = bridgeNames(stack);
  const isOurs = ({ kind, name, state, loginKeys }: Found): boolean => {
    if (state !== undefined) return loginKey !== undefined && state === stateId(loginKey);
    if (kind === "instance") return loginKey !== undefined && (loginKeys ?? "").includes(loginKey);
    const network = NETWORKS.find((one) => bridges[one] === name);
    return network !== undefined && resources.has(`hardware/network-${network}`);
  };
  const foreign = found.filter((one) => !isOurs(one));
  const unmarked = found.filter((one) => one.state === undefined && isOurs(one));
  const othersLab = foreign.some(({ kind, state }) => kind === "instance" && state === undefined);
  if (!othersLab) return { foreign, unmarked };
  const withNetworks = found.filter(
    (one) => foreign.includes(one) || (unmarked.includes(one) && one.kind === "network"),
  );
  return { foreign: withNetworks, unmarked: unmarked.filter(({ kind }) => kind === "instance") };
}

/** Reads whose all is that bears the stack's name. Empty where Incus does not answer: preflight says why. */
export async function sortByState(stack: string, made: MadeByState): Promise<Sorted> {
  const { foreign, unmarked } = sorted(stack, await find(stack), made);
  const { loginKey } = made;
  return {
    foreign: foreign.map(shown),
    adopt: async () => {
      if (loginKey === undefined || unmarked.length === 0) return;
      await incus(
        unmarked
          .map(({ kind, name }) => adoptScript(kind, name, ownerMark(stack, stateMark(loginKey))))
          .join(""),
      );
    },
    removeForeign: async (tell) => {
      // Networks go once no instance is on them.
      for (const one of [...foreign].sort((a, b) => a.kind.localeCompare(b.kind))) {
        await incus(removal(stack, one));
        tell(shown(one));
      }
    },
  };
}

const shown = ({ kind, name, by }: Found): Foreign => ({
  what: `${kind === "instance" ? "node" : "network"} ${name}`,
  by,
});

const command = (kind: Found["kind"]): string => (kind === "instance" ? "config" : "network");

const adoptScript = (kind: Found["kind"], name: string, mark: Readonly<Record<string, string>>): string =>
  `incus ${command(kind)} set ${quote(name)} ${Object.entries(mark)
    .map((pair) => quote(pair.join("=")))
    .join(" ")}\n`;

/** Shell that removes what another state made, unless it is somebody else's by now. */
export function removal(stack: string, { kind, name, state = "" }: Found): string {
  const get = `incus ${command(kind)} get ${quote(name)}`;
  return `set -eu
${REACH_INCUS}
${patiently}
owner=$(${get} ${OWNER} 2> /dev/null) || exit 0
[ "$owner $(${get} ${STATE})" = ${quote(`${stack} ${state}`)} ] || { echo ${quote(`${name} was made anew meanwhile`)} >&2; exit 1; }
patiently incus ${kind === "instance" ? "delete --force" : "network delete"} ${quote(name)}
`;
}

interface IncusObject {
  readonly name: string;
  readonly config?: Readonly<Record<string, string>> | null;
}

/** Those of Incus' objects that bear the stack's name. @param json what Incus answered */
export const bearing = (stack: string, kind: Found["kind"], json: string): Found[] =>
  (JSON.parse(json) as IncusObject[])
    .filter(({ config }) => config?.[OWNER] === stack)
    .map(({ name, config }) => ({ kind, name, state: config?.[STATE], by: config?.[BY] }));

async function find(stack: string): Promise<Found[]> {
  const query = async (what: string): Promise<string | undefined> => {
    const { code, stdout } = await runLocal({ command: `incus query '/1.0/${what}?recursion=1'` });
    return code === 0 ? stdout : undefined;
  };
  const [instances, networks] = await Promise.all([query("instances"), query("networks")]);
  if (instances === undefined || networks === undefined) return [];
  const nodes = bearing(stack, "instance", instances).map(async (node): Promise<Found> => {
    if (node.state !== undefined) return node;
    return { ...node, loginKeys: await loginKeys(node.name) };
  });
  return [...(await Promise.all(nodes)), ...bearing(stack, "network", networks)];
}

/** Empty where it has none, because its maker was killed. */
async function loginKeys(instance: string): Promise<string> {
  const file = `${quote(instance)}/root/.ssh/authorized_keys`;
  return (await runLocal({ command: `timeout 20 incus file pull --quiet ${file} -` })).stdout;
}

async function incus(script: string): Promise<void> {
  const { code, stderr } = await runLocal({ command: script });
  if (code !== 0) throw new UserError(`incus: ${stderr.trim()}. Run \`scripts/lab doctor\`.`, 1);
}
