/** Folder of a node for what its own state does not tell. Only root can read it. */
export const STATE = "/var/lib/scratchstack";

/** Folder with the original of each file that a step replaced, under the file's own path. `<path>.absent`: there was none. */
export const ORIGINAL = `${STATE}/original`;

/** Suffix of a file that is written beside its place and then renamed. It is always the same, so that a killed script leaves only a known name. */
export const UNFINISHED = ".scratchstack";

/**
 * Folder that tells what was on a host before it became a node; other nodes have none. Only root can read it. `packages` has a line
 * `name version` for each package that was installed.
 */
export const BEFORE = `${STATE}/before`;

/**
 * A here-document with the text as it is, for values that must not be arguments of a command.
 * @param rest the end of the command's line, for example `2>&1` or `|| true`
 */
export function heredoc(text: string, rest = ""): string {
  const lines = text.split("\n");
  let mark = "END";
  while (lines.includes(mark)) mark += "_";
  return `<<'${mark}'${rest === "" ? "" : ` ${rest}`}\n${text === "" || text.endsWith("\n") ? text : `${text}\n`}${mark}`;
}

/**
 * Runs shell text in a subshell and leaves its exit code in `$code`. It does not use `if (…)`: in a condition the shell ignores `set -e`, so
 * a text of several lines would continue after a failure.
 */
export function attempt(text: string, redirect = ""): string {
  return ["set +e", "(", "set -eu", text, `) </dev/null${redirect}`, "code=$?", "set -e"].join("\n");
}

/** A question that has no answer after this many seconds will have none. All of `lab verify` ends within 60 s. */
export const QUESTION_SECONDS = 25;

/** Shell that runs a text for so many seconds at most, in a shell of its own, and exits; with 124, and says so, where it had to end the text. */
export function limited(text: string, seconds = QUESTION_SECONDS): string {
  const script = `(\nset -eu\n${text}\n) </dev/null`;
  return [
    "limited=0",
    `timeout --kill-after=2 ${seconds} /bin/sh -s ${heredoc(script, "|| limited=$?")}`,
    `[ "$limited" != 124 ] || echo "no answer within ${seconds} s"`,
    'exit "$limited"',
  ].join("\n");
}

/** Calls `main` of a Python program with a value; neither is in the process list. The node needs python3-minimal. */
export const python = (program: string, value: unknown, rest = ""): string =>
  `python3 - ${heredoc(pythonText(program, value), rest)}`;

/** The text of a Python program that calls its `main` with a value. */
export function pythonText(program: string, value: unknown): string {
  const json = JSON.stringify(value).replace(/[^\x20-\x7e]/g, escapeCharacter);
  return `${program}\nmain(json.loads(${JSON.stringify(json)}))`;
}

/** What is shown in place of a secret. */
export const MASK = "********";

/** Masks what is before the `@` of a URL, which may be a password. */
export function maskUrls(text: string): string {
  return text.replace(/:\/\/\S*@/g, "://***@");
}

/** Shell filter that does the same as `maskUrls`. */
export const MASK_URLS = "sed 's#://[^ ]*@#://***@#g'";

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** What a person types before commands of the `openstack` client: the administrator of clouds.yaml. */
export const CLIENT = "export OS_CLOUD=admin";

/** Shell text in a subshell, if it may exit: the shell that a person types it into stays. */
export function contained(text: string): string {
  return /\n|\bexit\b/.test(text) ? `(\nset -eu\n${text}\n)` : text;
}

/** How a person waits until shell text exits 0. One of several lines gets a shell of its own: in a condition a shell goes on after a failure. */
export function repeated(text: string): string {
  if (!text.includes("\n")) return `until ${text}; do sleep 1; done`;
  return `until sh -eu ${heredoc(text)}\ndo sleep 1; done`;
}
