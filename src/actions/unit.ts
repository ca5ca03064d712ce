import type { UnitAction } from "../curriculum/actions.ts";
import { quote } from "./quote.ts";
import { heredoc } from "./shell.ts";
import type { Difference, Kind } from "./types.ts";
import { list, stamp, start, stop } from "./unit-script.ts";

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
      ? units
          .map((name) => `printf %s ${quote(configuration)} | install -D /dev/stdin ${quote(stamp(name))}`)
          .join("\n")
      : "",

  script: (action) => (action.running === false ? stop(action) : start(action)),

  probe: ({ units }) =>
    units
      .map((name) =>
        [
          `echo "Unit="${quote(name)}`,
          `systemctl show -p ActiveState,SubState,UnitFileState,LoadState ${quote(name)}`,
          `if [ -e ${quote(stamp(name))} ]; then echo "Stamp=$(cat ${quote(stamp(name))})"; fi`,
        ].join("\n"),
      )
      .join("\n"),

  compare: (action, answer) => {
    const states = read(answer);
    return action.units.flatMap((name) => {
      const state = states.get(name);
      if (!state) return [{ what: `unit ${name}`, expected: "known to systemd", seen: "no answer" }];
      return action.running === false ? stopped(name, state) : running(name, state, action.configuration);
    });
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

function running(name: string, state: ReadonlyMap<string, string>, configuration?: string): Difference[] {
  const found: Difference[] = [];
  const active = `${state.get("ActiveState")} (${state.get("SubState")})`;
  if (state.get("ActiveState") !== "active") {
    found.push({ what: `unit ${name}`, expected: "active", seen: missing(state) ?? active });
  }
  if (!BOOTED.includes(state.get("UnitFileState") ?? "")) {
    found.push({
      what: `start of ${name} at boot`,
      expected: "enabled",
      seen: state.get("UnitFileState") || "unknown",
    });
  }
  if (configuration !== undefined && state.get("Stamp") !== configuration) {
    found.push({ what: `configuration ${name} runs with`, expected: "the newest", seen: "an older one" });
  }
  return found;
}

function stopped(name: string, state: ReadonlyMap<string, string>): Difference[] {
  const found: Difference[] = [];
  if (state.get("ActiveState") === "active") {
    found.push({ what: `unit ${name}`, expected: "stopped", seen: "active" });
  }
  if (state.get("UnitFileState") === "enabled") {
    found.push({ what: `start of ${name} at boot`, expected: "disabled", seen: "enabled" });
  }
  return found;
}

function missing(state: ReadonlyMap<string, string>): string | undefined {
  return state.get("LoadState") === "not-found" ? "no such unit" : undefined;
}

/** Unit name → property → value. */
function read(answer: string): Map<string, Map<string, string>> {
  const states = new Map<string, Map<string, string>>();
  let current = new Map<string, string>();
  for (const line of answer.split("\n")) {
    const at = line.indexOf("=");
    if (at < 0) continue;
    const [key, value] = [line.slice(0, at), line.slice(at + 1)];
    if (key === "Unit") {
      current = new Map();
      states.set(value, current);
    } else {
      current.set(key, value);
    }
  }
  return states;
}
