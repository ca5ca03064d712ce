import { hashOf } from "../../config/hash.ts";
import { programText } from "../../config/program-text.ts";
import { quote } from "../../config/quote.ts";
import type { IniAction } from "../../curriculum/actions.ts";
import { NEXT } from "../answers.ts";
import { heredoc, maskUrls, python, UNFINISHED } from "../shell.ts";
import type { ActionKind, Difference } from "../types.ts";
import { UNKNOWN_WRITER, WRITE_LOGS } from "../write-log.ts";

/**
 * Edits and reads oslo-style ini files line by line, so that comments and order stay as the package shipped them. It tells for each
 * option whether it is set as wanted, and never prints a value that may be a password.
 */
const PROGRAM = [
  programText("actions/rights.py"),
  programText("actions/ini/ini.py", { NEXT, UNFINISHED, UNKNOWN_WRITER, WRITE_LOGS }),
].join("\n\n\n");

/** What the program answers to `look`. */
interface Answer {
  readonly exists: boolean;
  /** Why it cannot be read. @default it can */
  readonly problem?: string;
  readonly owner?: string;
  readonly mode?: string;
  readonly options: Readonly<Record<string, Readonly<Record<string, State>>>>;
}

interface State {
  readonly same: boolean;
  readonly set: boolean;
  /** Absent if it may be a password. */
  readonly value?: string;
}

/** Options of an ini file. */
export const iniKind: ActionKind<IniAction> = {
  local: true,
  configures: true,
  files: ({ file }) => [file],
  writer: ({ file, set }) =>
    hashOf([file, Object.entries(set).map(([section, entries]) => [section, Object.keys(entries)])], 8),

  // The package has set owner and mode. crudini reads what it merges from stdin, so no password is in the process list.
  commands: ({ file, set, repeated = {} }) => [
    ...Object.entries(repeated).flatMap(([section, names]) =>
      names.map((name) => remove(file, section, name)),
    ),
    ...merge(file, set),
    ...[...options(set)]
      .filter(([, , value]) => value === null)
      .map(([section, option]) => remove(file, section, option)),
  ],

  script: (action) => python(PROGRAM, [request(action, "change")]),

  probe: (actions) =>
    python(
      PROGRAM,
      actions.map((action) => request(action, "look")),
    ),

  compare: (action, text) => {
    const answer = parse(text);
    if (!answer?.exists || answer.problem !== undefined) {
      const seen = answer === undefined ? "no answer" : (answer.problem ?? "missing");
      return [{ what: action.file, expected: "a file", seen }];
    }
    const found: Difference[] = [];
    if (action.owner !== undefined && action.owner !== answer.owner) {
      found.push({
        what: `owner of ${action.file}`,
        expected: action.owner,
        seen: answer.owner ?? "unknown",
      });
    }
    if (action.mode !== undefined && octal(action.mode) !== octal(answer.mode)) {
      found.push({ what: `mode of ${action.file}`, expected: action.mode, seen: answer.mode ?? "unknown" });
    }
    for (const [section, option, value] of options(action.set)) {
      const state = answer.options[section]?.[option];
      if (!state?.same) found.push(difference(section, option, value, state));
    }
    return found;
  },

  undo: (action) => {
    const mine = [...options(action.set)].filter(([, , value]) => value !== null);
    if (mine.length === 0) return "";
    const remove: Record<string, Record<string, null>> = {};
    for (const [section, option] of mine) remove[section] = { ...remove[section], [option]: null };
    return `rm -f ${quote(`${action.file}${UNFINISHED}`)}
if [ -e ${quote(action.file)} ]; then\n${python(PROGRAM, [request({ ...action, set: remove }, "change")])}\nfi`;
  },

  summary: ({ file, set }) => {
    const count = [...options(set)].length;
    return `set ${count} option${count === 1 ? "" : "s"} in ${file}`;
  },
  place: ({ file }) => file,
  look: ({ file, set }) =>
    Object.keys(set).map((section) => `crudini --get --format=lines ${quote(file)} ${quote(section)}`),
  back: ({ file, set }) =>
    [...options(set)]
      .filter(([, , value]) => value !== null)
      .map(([section, option]) => remove(file, section, option)),
};

/** Sections with their options, as they will be in the file. */
function merge(file: string, set: IniAction["set"]): string[] {
  const sections = Object.entries(set).flatMap(([section, entries]) => {
    const lines = Object.entries(entries)
      .filter(([, value]) => value !== null)
      .map(([option, value]) => `${option} = ${value}`);
    return lines.length === 0 ? [] : [[`[${section}]`, ...lines].join("\n")];
  });
  return sections.length === 0 ? [] : [`crudini --merge ${quote(file)} ${heredoc(sections.join("\n"))}`];
}

function remove(...place: [file: string, section: string, option: string]): string {
  return `crudini --del ${place.map(quote).join(" ")}`;
}

/** Whether the value of an option is never shown. */
function isSecret(option: string): boolean {
  return /pass|secret|token|key|credential/i.test(option);
}

/** The program's argument for one action. */
function request(action: IniAction, what: "change" | "look"): object {
  const { file, set, owner = null, mode = null, writer = UNKNOWN_WRITER } = action;
  for (const [section, option, value] of options(set)) {
    if (/[\r\n]/.test(section + option + (value ?? ""))) {
      throw new Error(`curriculum: ${file} [${section}] ${option}: an ini option cannot hold a line break`);
    }
  }
  const hidden = [...options(set)].map(([, option]) => option).filter(isSecret);
  return { do: what, file, set, owner, mode, hidden, by: writer };
}

function difference(
  section: string,
  option: string,
  value: string | null,
  state: State | undefined,
): Difference {
  const wanted = isSecret(option) ? "the lab's secret" : maskUrls(value ?? "");
  const seen = state?.value ?? "another value";
  return {
    what: `[${section}] ${option}`,
    expected: value === null ? "not set" : wanted,
    seen: !state?.set ? "not set" : seen === wanted ? "another password, or set more than once" : seen,
  };
}

function* options(set: IniAction["set"]): Generator<[section: string, option: string, value: string | null]> {
  for (const [section, entries] of Object.entries(set)) {
    for (const [option, value] of Object.entries(entries)) yield [section, option, value];
  }
}

function parse(text: string): Answer | undefined {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return undefined;
  }
}

function octal(mode: string | undefined): number {
  return Number.parseInt(mode ?? "", 8);
}
