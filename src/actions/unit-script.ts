import type { UnitAction } from "../curriculum/actions.ts";
import { quote } from "./quote.ts";
import { attempt, MASK_URLS, STATE } from "./shell.ts";

/** Waits this long, in seconds, where the action names no time. */
const TIMEOUT = 120;

/** File with the hash of the configuration that a unit was last started with; written once the unit answered. */
export function stamp(name: string): string {
  return `${STATE}/units/${name}`;
}

/** Shell that has units run now and after a reboot, with their newest configuration, and waits until they answer. */
export function start({ units, ready = "true", timeout = TIMEOUT, configuration = "" }: UnitAction): string {
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
