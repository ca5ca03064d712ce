import type { ConfiguredStack } from "../config/schema.ts";
import { knownOf, readResources } from "../engine/state.ts";
import { hardwareOf } from "../hardware/lookup.ts";
import type { Known, Sorted } from "../hardware/types.ts";
import type { RunEvent } from "./events.ts";

/** Resources of a stack on its hardware that the state does not name, or no longer names. */
export interface Orphans {
  /** Removes what the state does not name: what an interrupted `up` was making. */
  unknown(): Promise<void>;
  /** Removes everything, once the state is empty. */
  all(): Promise<void>;
}

const NONE: Orphans = { unknown: async () => {}, all: async () => {} };

/** @param stack undefined where its configuration cannot be read: then the hardware is unknown */
export async function orphansOf(
  stack: ConfiguredStack | undefined,
  emit: (event: RunEvent) => void,
): Promise<Orphans> {
  if (stack === undefined) return NONE;
  const { name, config } = stack;
  const hardware = hardwareOf(config);
  if (hardware.sweep === undefined || hardware.plugin === undefined) return NONE;
  // Read before anything is removed: the login key tells what belongs to this stack.
  const known = knownOf((await readResources(name)) ?? [], hardware.plugin);
  const sweep = async (of: Known): Promise<void> => {
    const began = Date.now();
    const things = (await hardware.sweep?.(name, config, of)) ?? [];
    for (const event of things.flatMap((thing) => events(thing, `Remove the orphan ${thing}`, began)))
      emit(event);
  };
  return { unknown: () => sweep(known), all: () => sweep({ ...known, ids: new Set() }) };
}

/** Removes what another state made, an event for each. */
export async function removedByTakeOver(
  { removeForeign }: Pick<Sorted, "removeForeign">,
  emit: (event: RunEvent) => void,
): Promise<void> {
  let began = Date.now();
  await removeForeign(({ what, by }) => {
    const title = `Remove the ${what} of ${by ?? "another state"}`;
    for (const event of events(what, title, began)) emit(event);
    began = Date.now();
  });
}

function events(thing: string, title: string, began: number): RunEvent[] {
  const name = `hardware/left-over-${thing.replaceAll(" ", "-")}`;
  const at = Date.now();
  return [
    {
      type: "started",
      name,
      title,
      operation: "delete",
      at: began,
    },
    { type: "done", name, changed: true, seconds: (at - began) / 1000, at },
  ];
}
