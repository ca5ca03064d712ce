import type { UnitAction } from "../curriculum/actions.ts";
import { quote } from "./quote.ts";
import { attempt, MASK_URLS, STATE } from "./shell.ts";
import { touched } from "./written.ts";

/** Waits this long, in seconds, where the action names no time. */
const TIMEOUT = 120;

/** Seconds after which a unit that runs and does not answer is started anew: it hangs, or what it made is gone. */
const PATIENCE = 60;

/**
 * File that tells what a unit was last started with, written once it answered: the hash of the configuration, and which of the
 * unit's lives it was (`life`).
 */
export function stamp(name: string): string {
  return `${STATE}/units/${name}`;
}

/** Shell that prints what is another after each start and each reload of a unit. */
const life = (unit: string): string =>
  `systemctl show --property=InvocationID,StateChangeTimestampMonotonic ${unit} | sort | cut -d= -f2 | paste -sd: -`;

/** Shell that leaves the stamp of a unit as it runs now. */
export const remember = (name: string, configuration: string): string =>
  `printf '%s %s\\n' ${quote(configuration)} "$(${life(quote(name))})" | install -D /dev/stdin ${quote(stamp(name))}`;

/**
 * Shell functions. `current` tells whether a unit runs
 * with its newest configuration: we started it with that, or somebody else has started it since, and none of the files was
 * touched after that (what was in them meanwhile nobody knows).
 */
const functions = (configuration: string, files: readonly string[], writers: readonly string[]): string =>
  `
${touched(writers)}
life() { ${life('"$1"')}; }
current() {
  systemctl is-active --quiet "$1" && [ -e "${STATE}/units/$1" ] || return 1
  hash= known=
  read -r hash known <"${STATE}/units/$1" || true
  [ "$hash" = ${quote(configuration)} ] || return 1
  [ -n "$known" ] && [ "$known" != "$(life "$1")" ] || return 0
  since=$(systemctl show --timestamp=unix --property=InactiveExitTimestamp --value "$1")
  for file in ${files.map(quote).join(" ")}; do
    ! touched "$file" "\${since#@}" || return 1
  done
}
begin() {
  rm -f "${STATE}/units/$1"
  systemctl reset-failed "$1" 2>/dev/null || true
  echo "starting $1"
  case $1 in
    *.socket)
      # A socket cannot be opened while its service runs.
      systemctl is-active --quiet "$1" || systemctl stop "\${1%.socket}.service"
      systemctl start --no-block "$1" ;;
    *) systemctl restart --no-block "$1" ;;
  esac
  started="$started $1"
}`.trim();

/** Shell that has units run now and after a reboot, with their newest configuration, and waits until they answer. */
export function start(action: UnitAction): string {
  const {
    units,
    ready = "true",
    timeout = TIMEOUT,
    configuration = "none",
    files = [],
    writers = [],
  } = action;
  return `
mkdir -p ${STATE}/units
${functions(configuration, files, writers)}
systemctl daemon-reload
started=
for unit in ${list(units)}; do
  systemctl is-enabled --quiet "$unit" 2>/dev/null || systemctl enable --quiet "$unit"
  if current "$unit"; then echo "$unit runs with this configuration"; else begin "$unit"; fi
done
deadline=$(($(date +%s) + ${timeout}))
silent=
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
  now=$(date +%s)
  if [ -n "$waiting" ]; then silent=; else silent=\${silent:-$now}; fi
  if [ -z "$started" ] && [ -n "$silent" ] && [ "$now" -ge $((silent + ${PATIENCE})) ]; then
    echo "no answer after ${PATIENCE} s"
    for unit in ${list(units)}; do begin "$unit"; done
    deadline=$((now + ${timeout}))
  fi
  if [ "$now" -ge "$deadline" ]; then
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
for unit in ${list(units)}; do
  printf '%s %s\\n' ${quote(configuration)} "$(life "$unit")" >"${STATE}/units/$unit"
done
echo ${quote(`running: ${units.join(" ")}`)}`.trim();
}

/** Shell that stops units and keeps them from starting at boot. */
export function stop({ units }: UnitAction): string {
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

/** Names of units as arguments of a command. */
export function list(units: readonly string[]): string {
  return units.map(quote).join(" ");
}
