import { LAB } from "../../config/paths.ts";
import { runLocal } from "../../transport/local.ts";
import type { LocalStack } from "./config.ts";
import { OWNER } from "./names.ts";

/** What Incus tells of an instance, as far as it is wanted here. */
interface IncusInstance {
  readonly name: string;
  readonly config?: Readonly<Record<string, string>> | null;
}

/**
 * What the people of a lab must know of its nodes, a line each: that root on them is root on this machine, and that they differ from
 * what the configuration asks for. `up` never changes it for a node that exists.
 * @param json answer of `/1.0/instances?recursion=1`
 */
export function isolationRemarks(
  stack: string,
  { hardware: { privileged } }: Pick<LocalStack, "hardware">,
  json: string,
): string[] {
  const own = (JSON.parse(json) as IncusInstance[]).filter(({ config }) => config?.[OWNER] === stack);
  const names = (are: boolean): string =>
    own
      .filter(({ config }) => (config?.["security.privileged"] === "true") === are)
      .map(({ name }) => name.slice(stack.length + 1))
      .sort()
      .join(", ");
  const anew = `${LAB} down and ${LAB} up make all nodes anew`;
  const [open, closed] = [names(true), names(false)];
  return [
    ...(open === ""
      ? []
      : [
          `Privileged nodes: ${open}. Root on them is root on this machine.${privileged ? "" : ` ${anew}, unprivileged.`}`,
        ]),
    ...(privileged && closed !== ""
      ? [`Unprivileged nodes: ${closed}. ${anew}, privileged as hardware.privileged asks for.`]
      : []),
    ...(privileged && own.length === 0
      ? ["Nodes will be privileged (hardware.privileged): root on a node is root on this machine."]
      : []),
  ];
}

/** The same of this machine's nodes. Nothing where Incus does not answer: the checks before a run name that. */
export async function examineIsolation(stack: string, config: LocalStack): Promise<string[]> {
  const { code, stdout } = await runLocal({ command: "incus query '/1.0/instances?recursion=1'" });
  return code === 0 ? isolationRemarks(stack, config, stdout) : [];
}
