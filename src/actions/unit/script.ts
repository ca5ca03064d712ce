import { programText } from "../../config/program-text.ts";
import { quote } from "../../config/quote.ts";
import type { Reports, UnitAction } from "../../curriculum/actions.ts";
import { apiProgram } from "../cloud-api.ts";
import { heredoc, MASK_URLS, pythonText, STATE } from "../shell.ts";
import { touchedFunction } from "../write-log.ts";

/** Asks an API when units last reported. */
const REPORTED = apiProgram(programText("actions/unit/reported.py"));

/** Seconds to wait if the action does not say. */
const TIMEOUT = 120;

/** Seconds after which a unit that runs and does not answer is restarted: it hangs, or something that it made is gone. */
const PATIENCE = 60;

/**
 * The file that tells with which configuration a unit was last started. It is written once the unit answers, and holds the hash of the
 * configuration and the unit's `life`.
 */
export function stamp(name: string): string {
  return `${STATE}/units/${name}`;
}

/** Shell that prints an id that changes with each start and each reload of a unit. */
const life = (unit: string): string =>
  `systemctl show --property=InvocationID,StateChangeTimestampMonotonic ${unit} | sort | cut -d= -f2 | paste -sd: -`;

/** Shell that writes the stamp of a unit as it runs now. */
export const remember = (name: string, configuration: string): string =>
  `printf '%s %s\\n' ${quote(configuration)} "$(${life(quote(name))})" | install -D /dev/stdin ${quote(stamp(name))}`;

/**
 * Shell that makes units run now and after a reboot with their newest configuration, and waits until they answer and have reported. A unit
 * that fails for good, or always with the same error, ends the wait with that error in the last line. A unit already runs
 * with its newest configuration (`current`) if a step started it with that, or if somebody else has started it since and none of the
 * files was touched after that; what was in them meanwhile is not known.
 */
export function start(action: UnitAction): string {
  const {
    units,
    ready = "",
    reports,
    timeout = TIMEOUT,
    configuration = "none",
    files = [],
    writers = [],
  } = action;
  return programText("actions/unit/start.sh", {
    STATE,
    MASK_URLS,
    PATIENCE: `${PATIENCE}`,
    TIMEOUT: `${timeout}`,
    TOUCHED: touchedFunction(writers),
    LIFE: life('"$1"'),
    CONFIGURATION: quote(configuration),
    FILES: list(files),
    UNITS: list(units),
    READY: heredoc(ready),
    REPORTED: reports === undefined ? "" : askForReports(reports),
    SAY_RUNNING: quote(`running: ${units.join(" ")}`),
  });
}

/** Shell that goes on with code 0 once the API has a report of each unit. The password is in no file. */
const askForReports = (reports: Reports): string =>
  `
if [ "$code" = 0 ]; then
  timeout 30 python3 - >"$seen" 2>&1 ${heredoc(pythonText(REPORTED, reports), "|| code=$?")}
  [ "$code" = 0 ] || sleep 1
fi`.trim();

/** Shell that stops units and disables their start at boot. */
export const stop = ({ units }: UnitAction): string =>
  programText("actions/unit/stop.sh", {
    STATE,
    UNITS: list(units),
    SAY_STOPPED: quote(`stopped: ${units.join(" ")}`),
  });

/** Names of units or files as arguments of a command. */
export function list(names: readonly string[]): string {
  return names.map(quote).join(" ");
}
