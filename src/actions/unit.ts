import type { UnitAction } from "../curriculum/actions.ts";
import { quote } from "./quote.ts";
import { heredoc } from "./shell.ts";
import type { Difference, Kind } from "./types.ts";
import { probe, read, type Seen, type Seens } from "./unit-probe.ts";
import { list, remember, start, stop } from "./unit-script.ts";
import { touchedSince } from "./written.ts";

/** How systemd calls a unit that comes back after a reboot; `generated` is an init script's. */
const BOOTED = ["enabled", "enabled-runtime", "static", "generated", "alias", "indirect"];

/** systemd units. A stamp a unit tells which configuration it was last started with. */
export const unit: Kind<UnitAction> = {
  commands: ({ units, running = true, ready }) =>
    running
      ? [
          "systemctl daemon-reload",
          `systemctl enable ${list(units)}`,
          ...stopServices(units),
          `systemctl restart ${list(units)}`,
          ...(ready === undefined ? [] : [wait(ready)]),
        ]
      : // A unit that was never there is as good as one that is stopped.
        units.map((name) => `systemctl disable --now ${quote(name)} || true`),

  remember: ({ units, running = true, configuration }) =>
    running && configuration !== undefined
      ? units.map((name) => remember(name, configuration)).join("\n")
      : "",

  script: (action) => (action.running === false ? stop(action) : start(action)),

  probe,

  compare: (action, answer) => {
    const seens = read(answer);
    const found = action.units.flatMap((name) => {
      const seen = seens.units.get(name);
      if (!seen) return [{ what: `unit ${name}`, expected: "known to systemd", seen: "no answer" }];
      return action.running === false ? stopped(name, seen) : running(name, seen, action, seens);
    });
    const silent = seens.silent.get(action.units.join(","));
    if (found.length > 0 || silent === undefined) return found;
    const what = `answer of ${action.units.join(", ")}`;
    return [{ what, expected: "an answer", seen: silent || "none" }];
  },

  undo: (action) => (action.running === false ? "" : stop(action)),
};

/** A socket cannot be opened while its service runs. */
function stopServices(units: readonly string[]): string[] {
  const services = units
    .filter((name) => name.endsWith(".socket"))
    .map((name) => name.replace(/socket$/, "service"));
  return services.length === 0 ? [] : [`systemctl stop ${list(services)}`];
}

/** A text of several lines gets a shell of its own: in a condition a shell goes on after its first failure. */
function wait(ready: string): string {
  if (!ready.includes("\n")) return `until ${ready}; do sleep 1; done`;
  return `until sh -eu ${heredoc(ready)}\ndo sleep 1; done`;
}

function running(
  name: string,
  seen: Seen,
  { configuration, files = [], writers = [] }: UnitAction,
  all: Seens,
): Difference[] {
  const { properties } = seen;
  const found: Difference[] = [];
  if (properties.get("ActiveState") !== "active") {
    const active = `${properties.get("ActiveState")} (${properties.get("SubState")})`;
    found.push({ what: `unit ${name}`, expected: "active", seen: missing(seen) ?? active });
  }
  if (!BOOTED.includes(properties.get("UnitFileState") ?? "")) {
    found.push({
      what: `start of ${name} at boot`,
      expected: "enabled",
      seen: properties.get("UnitFileState") || "unknown",
    });
  }
  if (configuration === undefined) return found;
  const what = `configuration ${name} runs with`;
  const since = Number(properties.get("InactiveExitTimestamp")?.replace("@", "") || 0);
  const newer = files.find((file) =>
    touchedSince(since, all.changed.get(file) ?? "0", all.wrote.get(file) ?? [], writers),
  );
  if (seen.hash !== configuration) found.push({ what, expected: "the newest", seen: "an older one" });
  else if (!seen.ours && newer !== undefined) {
    found.push({ what, expected: "the newest", seen: `${newer} was changed after it was started` });
  }
  return found;
}

function stopped(name: string, { properties }: Seen): Difference[] {
  const found: Difference[] = [];
  if (properties.get("ActiveState") === "active") {
    found.push({ what: `unit ${name}`, expected: "stopped", seen: "active" });
  }
  if (properties.get("UnitFileState") === "enabled") {
    found.push({ what: `start of ${name} at boot`, expected: "disabled", seen: "enabled" });
  }
  return found;
}

function missing({ properties }: Seen): string | undefined {
  return properties.get("LoadState") === "not-found" ? "no such unit" : undefined;
}
