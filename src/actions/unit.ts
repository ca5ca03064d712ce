import type { UnitAction } from "../curriculum/actions.ts";
import { quote } from "./quote.ts";
import { attempt, MASK_URLS, STATE } from "./shell.ts";
import type { Difference, Kind } from "./types.ts";

/** How systemd calls a unit that comes back after a reboot; `generated` is an init script's. */
const BOOTED = ["enabled", "enabled-runtime", "static", "generated", "alias", "indirect"];

/** Waits this long, in seconds, where the action names no time. */
const TIMEOUT = 120;

/** systemd units. A stamp a unit tells which configuration it was last started with. */
export const unit: Kind<UnitAction> = {
  commands: ({ units, running = true }) =>
    running
      ? [`systemctl enable ${list(units)}`, `systemctl restart ${list(units)}`]
      : [`systemctl disable --now ${list(units)}`],

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

function start({ units, ready = "true", timeout = TIMEOUT, configuration = "" }: UnitAction): string {
  return `
mkdir -p ${STATE}/units
systemctl daemon-reload
started=
for unit in ${list(units)}; do
  stamp=${STATE}/units/$unit
  systemctl is-enabled --quiet "$unit" 2>/dev/null || systemctl enable --quiet "$unit"
  if systemctl is-active --quiet "$unit" && [ -e "$stamp" ] && [ "$(cat "$stamp")" = ${quote(configuration)} ]; then
    echo "$unit runs with this configuration"
  else
    rm -f "$stamp"
    systemctl reset-failed "$unit" 2>/dev/null || true
    echo "starting $unit"
    case $unit in
      *.socket)
        # A socket cannot be opened while its service runs.
        systemctl is-active --quiet "$unit" || systemctl stop "\${unit%.socket}.service"
        systemctl start --no-block "$unit" ;;
      *) systemctl restart --no-block "$unit" ;;
    esac
    started="$started $unit"
  fi
done
deadline=$(($(date +%s) + ${timeout}))
seen=$(mktemp)
while :; do
  waiting=
  for unit in ${list(units)}; do
    systemctl is-active --quiet "$unit" || waiting="$waiting $unit"
  done
  code=1
  if [ -z "$waiting" ]; then
${attempt(ready, ' >"$seen" 2>&1')}
  fi
  [ "$code" != 0 ] || break
  if [ "$(date +%s)" -ge "$deadline" ]; then
    if [ -n "$waiting" ]; then echo "not running after ${timeout} s:$waiting" >&2; else echo "no answer after ${timeout} s" >&2; fi
    tail -n 3 "$seen" | ${MASK_URLS} >&2
    rm -f "$seen"
    for unit in ${list(units)}; do
      echo "last words of $unit:" >&2
      journalctl --no-pager --quiet --output=cat --lines=20 --unit="$unit" | ${MASK_URLS} >&2
      for log in /var/log/*/"\${unit%.service}".log; do
        [ ! -e "$log" ] || tail -n 20 "$log" | ${MASK_URLS} >&2
      done
    done
    exit 1
  fi
  sleep 0.3
done
rm -f "$seen"
for unit in $started; do
  printf '%s' ${quote(configuration)} >"${STATE}/units/$unit"
done
echo ${quote(`running: ${units.join(" ")}`)}`.trim();
}

function stop({ units }: UnitAction): string {
  return `
for unit in ${list(units)}; do
  if systemctl cat "$unit" >/dev/null 2>&1; then
    ! systemctl is-enabled --quiet "$unit" 2>/dev/null || systemctl disable --quiet "$unit"
    systemctl stop "$unit"
    systemctl reset-failed "$unit" 2>/dev/null || true
  fi
  rm -f "${STATE}/units/$unit"
done
echo ${quote(`stopped: ${units.join(" ")}`)}`.trim();
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

function stamp(name: string): string {
  return `${STATE}/units/${name}`;
}

function list(units: readonly string[]): string {
  return units.map(quote).join(" ");
}
