import type { FileAction } from "../curriculum/actions.ts";
import { FILE_PROGRAM } from "./file-program.ts";
import { quote } from "./quote.ts";
import { heredoc, MASK, maskUrls, ORIGINAL, python, UNFINISHED } from "./shell.ts";
import type { Difference, Kind } from "./types.ts";
import { unified } from "./unified.ts";

/** What the program says of a file. */
type Answer =
  | { readonly exists: boolean; readonly problem?: string; readonly same?: undefined }
  | {
      readonly exists: true;
      readonly owner: string;
      readonly mode: string;
      readonly same: boolean;
      /** Absent where it is the wanted one, or too long to be looked at. */
      readonly text?: string;
    };

/** A whole text file. What stood in its place is kept once, so that `undo` can bring it back. */
export const file: Kind<FileAction> = {
  // One command that makes the folder too, and leaves no moment in which somebody else could read it.
  commands: (action) => [
    `install -D ${how(action)} /dev/stdin ${quote(action.path)} ${heredoc(action.content)}`,
  ],

  script: (action) =>
    `
path=${quote(action.path)}
kept=${quote(kept(action))}
mkdir -p "$(dirname "$path")" "$(dirname "$kept")"
chmod 0700 ${ORIGINAL}
if [ ! -e "$kept" ] && [ ! -e "$kept.absent" ]; then
  if [ -e "$path" ]; then cp -p "$path" "$kept.new"; mv "$kept.new" "$kept"; else : >"$kept.absent"; fi
fi
new=${quote(next(action))}
rm -f "$new"
(umask 077; cat >"$new") ${heredoc(action.content)}
chown ${owner(action)} "$new"
chmod ${mode(action)} "$new"
if cmp -s "$new" "$path" && [ "$(stat -c '%U:%G %a' "$new")" = "$(stat -c '%U:%G %a' "$path")" ]; then
  rm -f "$new"
  echo "unchanged $path"
else
  mv -f "$new" "$path"
  echo "wrote $path"
fi`.trim(),

  probe: (actions) =>
    python(
      FILE_PROGRAM,
      actions.map((action) => ({ path: action.path, content: written(action) })),
    ),

  compare: (action, text, secrets = []) => {
    const answer = parse(text);
    if (answer?.same === undefined) {
      const seen = answer === undefined ? "no answer" : answer.exists ? answer.problem : "missing";
      return [{ what: action.path, expected: "a file", seen: seen ?? "no answer" }];
    }
    const found: Difference[] = [];
    const differ = (what: string, expected: string, seen: string) =>
      found.push({ what: `${what} of ${action.path}`, expected, seen });
    if (answer.owner !== owner(action)) differ("owner", owner(action), answer.owner);
    if (Number.parseInt(answer.mode, 8) !== Number.parseInt(mode(action), 8)) {
      differ("mode", mode(action), answer.mode);
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
    `
path=${quote(action.path)}
kept=${quote(kept(action))}
rm -f ${quote(next(action))}
if [ -e "$kept" ]; then mkdir -p "$(dirname "$path")"; mv -f "$kept" "$path"; else rm -f "$path" "$kept.absent"; fi`.trim(),
};

/** Owner and mode as options of `install`; what is root's needs no word. */
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

/** Where it is written before it takes its place. */
function next(action: FileAction): string {
  return `${action.path}${UNFINISHED}`;
}

function kept(action: FileAction): string {
  return `${ORIGINAL}${action.path}`;
}

/** As `cat` writes it from a here-document. */
function written({ content }: FileAction): string {
  return content === "" || content.endsWith("\n") ? content : `${content}\n`;
}

/**
 * Where a file holds secrets, of a line that only the machine has no more is shown than what stands before the value: it may
 * be a secret of another day.
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
