/** Where a node remembers what cannot be read off the machine itself. Root only. */
export const STATE = "/var/lib/scratchstack";

/** What stood in the place of a file that a step wrote, under the file's own path. With `.absent` behind it: nothing stood there. */
export const ORIGINAL = `${STATE}/original`;

/** Behind the name of a file that is written beside its place. Always the same, so that one who was killed in between leaves only what is known. */
export const UNFINISHED = ".scratchstack";

/**
 * What was on a node before it became one, where that is known; root only. `packages` has a line `name version` for each that
 * was installed.
 */
export const BEFORE = `${STATE}/before`;

/**
 * A here-document that holds the text as it is: how values reach a command without standing in its arguments. It ends
 * the line: what else belongs to the command (`2>&1`, `|| true`) is its `rest`.
 */
export function heredoc(text: string, rest = ""): string {
  const lines = text.split("\n");
  let mark = "END";
  while (lines.includes(mark)) mark += "_";
  return `<<'${mark}'${rest === "" ? "" : ` ${rest}`}\n${text === "" || text.endsWith("\n") ? text : `${text}\n`}${mark}`;
}

/**
 * Runs shell text on its own and leaves its exit code in `$code`. Not `if (…)`: in a condition the shell ignores
 * `set -e`, and a text of several lines would go on after its first failure.
 */
export function attempt(text: string, redirect = ""): string {
  return ["set +e", "(", "set -eu", text, `) </dev/null${redirect}`, "code=$?", "set -e"].join("\n");
}

/** Runs a Python program on a value; neither stands in the process list. The node needs python3-minimal. */
export function python(program: string, value: unknown, rest = ""): string {
  const json = JSON.stringify(value).replace(/[^\x20-\x7e]/g, escapeCharacter);
  return `python3 - ${heredoc(`${program}\nmain(json.loads(${JSON.stringify(json)}))`, rest)}`;
}

/** What stands where a secret would, wherever people look. */
export const MASK = "********";

/** Hides what stands before the `@` of a URL: that is where passwords are. */
export function maskUrls(text: string): string {
  return text.replace(/:\/\/\S*@/g, "://***@");
}

/** Shell pipe that does to a log what `maskUrls` does to a text. */
export const MASK_URLS = "sed 's#://[^ ]*@#://***@#g'";

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Before commands of the `openstack` client that a person types: the administrator of clouds.yaml. */
export const CLIENT = "export OS_CLOUD=admin";

/**
 * Text that a person types and that may give up: where it stops at its first failure or says `exit`, it does not take the shell with it
 * that it was typed in.
 */
export function contained(text: string): string {
  return /\n|\bexit\b/.test(text) ? `(\nset -eu\n${text}\n)` : text;
}
