import { LAB } from "../../config/paths.ts";
import { quote } from "../../config/quote.ts";
import type { UnitAction } from "../../curriculum/actions.ts";
import { contained, repeated } from "../shell.ts";
import type { ActionKind, Difference } from "../types.ts";
import { touchedSince } from "../write-log.ts";
import { probe, type ReadAnswer, readAnswer, type Unit } from "./probe.ts";
import { list, remember, start, stop } from "./script.ts";

/** The states of a unit that starts at boot; `generated` belongs to an init script. */
const STARTS_AT_BOOT = ["enabled", "enabled-runtime", "static", "generated", "alias", "indirect"];

/** systemd units. A stamp for each unit tells which configuration it was last started with. */
export const unitKind: ActionKind<UnitAction> = {
  withConfiguration: (action, { hash, files, writers }) => ({
    ...action,
    configuration: hash,
    files,
    writers,
  }),
  units: ({ units, running = true }) => units.map((name) => ({ name, running })),

  commands: ({ units, running = true, ready }) =>
    running
      ? [
          "systemctl daemon-reload",
          `systemctl enable ${list(units)}`,
          ...stopServices(units),
          `systemctl restart ${list(units)}`,
          ...(ready === undefined ? [] : [repeated(ready)]),
        ]
      : // A unit that does not exist counts as stopped.
        units.map((name) => `systemctl disable --now ${quote(name)} || true`),

  remember: ({ units, running = true, configuration }) =>
    running && configuration !== undefined
      ? units.map((name) => remember(name, configuration)).join("\n")
      : "",

  script: (action) => (action.running === false ? stop(action) : start(action)),

  probe,

  compare: (action, answer) => {
    const all = readAnswer(answer);
    const found = action.units.flatMap((name) => {
      const seen = all.units.get(name);
      if (!seen) return [{ what: `unit ${name}`, expected: "known to systemd", seen: "no answer" }];
      return action.running === false ? stopped(name, seen) : running(name, seen, action, all);
    });
    const silent = all.silent.get(action.units.join(","));
    if (found.length > 0 || silent === undefined) return found;
    const what = `answer of ${action.units.join(", ")}`;
    return [{ what, expected: "an answer", seen: silent || "none" }];
  },

  undo: (action) => (action.running === false ? "" : [stop(action), action.undo ?? []].flat().join("\n")),

  summary: ({ units, running = true }) => `${running ? "start" : "stop"} ${units.join(", ")}`,
  look: ({ units, running = true }) =>
    running
      ? [
          `systemctl --no-pager status ${list(units)}`,
          ...units.map((name) => `journalctl --no-pager --lines=20 --unit=${quote(name)}`),
        ]
      : units.map((name) => `systemctl --no-pager status ${quote(name)}`),
  back: ({ units, running = true, undo }) =>
    running
      ? [`systemctl disable --now ${list(units)}`, ...(undo === undefined ? [] : [contained(undo)])]
      : [],
};

/** A socket cannot be opened while its service runs. */
function stopServices(units: readonly string[]): string[] {
  const services = units
    .filter((name) => name.endsWith(".socket"))
    .map((name) => name.replace(/socket$/, "service"));
  return services.length === 0 ? [] : [`systemctl stop ${list(services)}`];
}

function running(
  name: string,
  seen: Unit,
  { configuration, files = [], writers = [] }: UnitAction,
  all: ReadAnswer,
): Difference[] {
  const { properties } = seen;
  const found: Difference[] = [];
  if (properties.get("ActiveState") !== "active") {
    const active = `${properties.get("ActiveState")} (${properties.get("SubState")})`;
    found.push({ what: `unit ${name}`, expected: "active", seen: missing(seen) ?? active });
  }
  if (!STARTS_AT_BOOT.includes(properties.get("UnitFileState") ?? "")) {
    found.push({
      what: `start of ${name} at boot`,
      expected: "enabled",
      seen: properties.get("UnitFileState") || "unknown",
    });
  }
  if (seen.overriddenBy !== undefined) {
    const fix = `on the node, remove ${seen.overriddenBy} if it is not meant to be there, run systemctl daemon-reload, then ${LAB} up`;
    const what = `command of ${name}`;
    found.push({ what, expected: "its package's", seen: `changed by ${seen.overriddenBy}`, fix });
  }
  if (configuration === undefined) return found;
  const what = `configuration ${name} runs with`;
  const since = Number(properties.get("InactiveExitTimestamp")?.replace("@", "") || 0);
  const newer = files.find((file) =>
    touchedSince(since, all.changed.get(file) ?? "0", all.wrote.get(file) ?? [], writers),
  );
  if (seen.hash !== configuration) found.push({ what, expected: "the newest", seen: "an older one" });
  else if (!seen.startedByStep && newer !== undefined) {
    found.push({ what, expected: "the newest", seen: `${newer} was changed after it was started` });
  }
  return found;
}

function stopped(name: string, { properties }: Unit): Difference[] {
  const found: Difference[] = [];
  if (properties.get("ActiveState") === "active") {
    found.push({ what: `unit ${name}`, expected: "stopped", seen: "active" });
  }
  if (properties.get("UnitFileState") === "enabled") {
    found.push({ what: `start of ${name} at boot`, expected: "disabled", seen: "enabled" });
  }
  return found;
}

/** Why systemd does not start a unit, whatever is in its configuration. */
function missing({ properties }: Unit): string | undefined {
  const state = properties.get("LoadState");
  return state === "not-found" ? "no such unit" : state === "masked" ? "masked" : undefined;
}
