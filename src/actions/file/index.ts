import { programText } from "../../config/program-text.ts";
import { quote } from "../../config/quote.ts";
import type { FileAction } from "../../curriculum/actions.ts";
import { NEXT } from "../answers.ts";
import { heredoc, MASK, maskUrls, ORIGINAL, python, UNFINISHED } from "../shell.ts";
import type { ActionKind, Difference } from "../types.ts";
import { unified } from "./unified.ts";

/** Prints an object for each file, with its text if that is not the wanted one. */
const PROBE = [programText("actions/rights.py"), programText("actions/file/probe.py", { NEXT })].join(
  "\n\n\n",
);

/** What the probe prints for a file. */
type Answer =
  | { readonly exists: boolean; readonly problem?: string; readonly same?: undefined }
  | {
      readonly exists: true;
      readonly owner: string;
      readonly mode: string;
      readonly same: boolean;
      /** Absent if it is the wanted one, or too long for a person to read. */
      readonly text?: string;
    };

/** A whole text file. What was in its place is kept once, so that `undo` can bring it back. */
export const fileKind: ActionKind<FileAction> = {
  local: true,
  configures: true,
  files: ({ path }) => [path],

  // One command, which makes the folder too. At no moment can somebody else read the file.
  commands: (action) => [
    `install -D ${how(action)} /dev/stdin ${quote(action.path)} ${heredoc(action.content)}`,
  ],

  script: (action) =>
    programText("actions/file/write.sh", {
      ORIGINAL,
      PATH: quote(action.path),
      KEPT: quote(kept(action)),
      NEW: quote(next(action)),
      CONTENT: heredoc(action.content),
      OWNER: owner(action),
      MODE: mode(action),
    }),

  probe: (actions) =>
    python(
      PROBE,
      actions.map((action) => ({ path: action.path, content: written(action) })),
    ),

  compare: (action, text, secrets = []) => {
    const answer = parse(text);
    if (answer?.same === undefined) {
      const seen = answer === undefined ? "no answer" : answer.exists ? answer.problem : "missing";
      return [{ what: action.path, expected: "a file", seen: seen ?? "no answer" }];
    }
    const found: Difference[] = [];
    const add = (what: string, expected: string, seen: string) =>
      found.push({ what: `${what} of ${action.path}`, expected, seen });
    if (answer.owner !== owner(action)) add("owner", owner(action), answer.owner);
    if (Number.parseInt(answer.mode, 8) !== Number.parseInt(mode(action), 8)) {
      add("mode", mode(action), answer.mode);
    }
    if (!answer.same) {
      const diff = answer.text === undefined ? undefined : lineDiff(answer.text, written(action), secrets);
      found.push({
        what: `content of ${action.path}`,
        expected: "as this step writes it",
        seen: "something else",
        ...(diff === undefined ? {} : { diff }),
      });
    }
    return found;
  },

  undo: (action) =>
    programText("actions/file/undo.sh", {
      PATH: quote(action.path),
      KEPT: quote(kept(action)),
      NEW: quote(next(action)),
    }),

  summary: ({ path, content }) => {
    const lines = content.trimEnd().split("\n").length;
    return `write ${path}, ${lines} line${lines === 1 ? "" : "s"}`;
  },
  look: ({ path }) => [`ls -l ${quote(path)}`, `cat ${quote(path)}`],
  back: ({ path }) => [`rm ${quote(path)}`],
};

/** Owner and mode as options of `install`, which makes root the owner by default. */
function how(action: FileAction): string {
  const [user = "root", group = "root"] = owner(action).split(":");
  const names = user === "root" && group === "root" ? "" : `--owner=${quote(user)} --group=${quote(group)} `;
  return `${names}--mode=${mode(action)}`;
}

function owner(action: FileAction): string {
  return action.owner ?? "root:root";
}

function mode(action: FileAction): string {
  return action.mode ?? "0644";
}

/** The file is written here, then renamed to its place. */
function next(action: FileAction): string {
  return `${action.path}${UNFINISHED}`;
}

function kept(action: FileAction): string {
  return `${ORIGINAL}${action.path}`;
}

/** The content as `cat` writes it from a here-document. */
function written({ content }: FileAction): string {
  return content === "" || content.endsWith("\n") ? content : `${content}\n`;
}

/**
 * The lines that differ. In a file that holds secrets, lines that only the node has are shown without their value: it may be an earlier
 * secret.
 */
function lineDiff(seen: string, wanted: string, secrets: readonly string[]): string | undefined {
  const guarded = secrets.some((secret) => wanted.includes(secret));
  return unified(linesOf(seen), linesOf(wanted), (sign, line) => {
    if (guarded && sign === "-") return `${/^[^:=]*[:=]\s*/.exec(line)?.[0] ?? ""}${MASK}`;
    return maskUrls(secrets.reduce((shown, secret) => shown.replaceAll(secret, MASK), line));
  });
}

function linesOf(text: string): string[] {
  const lines = text.split("\n");
  return lines.at(-1) === "" ? lines.slice(0, -1) : [...lines, "\\ no newline at the end"];
}

function parse(text: string): Answer | undefined {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return undefined;
  }
}
