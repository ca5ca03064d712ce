import type { FileAction } from "../curriculum/actions.ts";
import { quote } from "./quote.ts";
import { heredoc, ORIGINAL, UNFINISHED } from "./shell.ts";
import type { Difference, Kind } from "./types.ts";

/** A whole text file. What stood in its place is kept once, so that `undo` can bring it back. */
export const file: Kind<FileAction> = {
  commands: (action) => [
    `cat > ${quote(action.path)} ${heredoc(action.content)}`,
    `chown ${owner(action)} ${quote(action.path)}`,
    `chmod ${mode(action)} ${quote(action.path)}`,
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

  probe: (action) =>
    `
path=${quote(action.path)}
if [ ! -e "$path" ]; then
  echo missing
else
  stat -c '%U:%G %a' "$path"
  cmp -s "$path" - ${heredoc(action.content, "&& echo same || echo different")}
fi`.trim(),

  compare: (action, answer) => {
    const [metadata = "", content = ""] = answer.trim().split("\n");
    if (content === "") {
      return [
        { what: action.path, expected: "a file", seen: metadata === "missing" ? "missing" : "no answer" },
      ];
    }
    const [seenOwner = "", seenMode = ""] = metadata.split(" ");
    const found: Difference[] = [];
    const differ = (what: string, expected: string, seen: string) =>
      found.push({ what: `${what} of ${action.path}`, expected, seen });
    if (seenOwner !== owner(action)) differ("owner", owner(action), seenOwner);
    if (Number.parseInt(seenMode, 8) !== Number.parseInt(mode(action), 8)) {
      differ("mode", mode(action), seenMode.padStart(4, "0"));
    }
    if (content !== "same") differ("content", "as this step writes it", "something else");
    return found;
  },

  undo: (action) =>
    `
path=${quote(action.path)}
kept=${quote(kept(action))}
rm -f ${quote(next(action))}
if [ -e "$kept" ]; then mkdir -p "$(dirname "$path")"; mv -f "$kept" "$path"; else rm -f "$path" "$kept.absent"; fi`.trim(),
};

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
