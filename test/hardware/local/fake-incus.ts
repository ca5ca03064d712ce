import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a fake `incus` knows and is asked. */
export interface Outcome {
  readonly code: number;
  readonly stderr: string;
  /** Each call's arguments, in order; reading ones (`query /1.0`, `config get`, `list`) left out. */
  readonly calls: readonly string[];
  /** Standard input of the calls that had one, by what was pushed or made. */
  readonly given: Readonly<Record<string, string>>;
}

/** Values of an instance or network, as `incus config get` or `incus network get` would answer. */
export interface Known {
  /** Configuration key → value; null where there is nothing of that name. */
  readonly config: Readonly<Record<string, string>> | null;
  /** What any `incus list` answers. @default STOPPED */
  readonly state?: string;
  /** The daemon does not answer. */
  readonly down?: boolean;
  /** What any `incus snapshot list` answers. @default nothing */
  readonly snapshots?: string;
  /** So many changing calls are answered with "busy" first. */
  readonly busy?: number;
}

const FAKE = `#!/bin/sh
cd "$(dirname "$0")"
[ ! -e down ] || { echo "Error: the daemon does not answer" >&2; exit 1; }
case "$1 $2" in
  "query /1.0") exit 0 ;;
  "list "*) cat state; exit 0 ;;
  "snapshot list") cat snapshots; exit 0 ;;
  "config get" | "network get") [ -e known ] || exit 1; cat "known.$4" 2> /dev/null; exit 0 ;;
esac
if [ -e busy ]; then
  left=$(cat busy); [ "$left" -gt 1 ] && echo $((left - 1)) > busy || rm busy
  echo 'Error: Instance is busy running a "start" operation' >&2
  exit 1
fi
echo "$*" >> calls
case "$1 $2" in
  "file push") for last; do :; done; cat > "given.$(echo "$last" | tr / _)" ;;
  "init "*) cat > given.init ;;
  "start "*) echo RUNNING > state ;;
  "delete "*) : > state ;;
esac
exit 0
`;

/** Runs a script of ours with `dash` against a fake `incus`, `ssh-keyscan`, `sleep` and `modprobe`; touches nothing. */
export function runScript(script: string, known: Known, answer = "", stdin = ""): Outcome {
  const folder = mkdtempSync(join(tmpdir(), "fake-incus-"));
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const program = (name: string, text: string) => {
    put(name, text);
    chmodSync(join(folder, name), 0o755);
  };
  try {
    program("incus", FAKE);
    program("ssh-keyscan", `#!/bin/sh\necho "host ${answer}"\n`);
    program("sleep", "#!/bin/sh\n");
    program("sync", "#!/bin/sh\n");
    program("modprobe", '#!/bin/sh\n[ "$2" = vxlan ]\n');
    put("state", `${known.state ?? "STOPPED"}\n`);
    put("snapshots", known.snapshots ?? "");
    if (known.down) put("down", "");
    if (known.busy) put("busy", `${known.busy}\n`);
    if (known.config !== null) put("known", "");
    for (const [key, value] of Object.entries(known.config ?? {})) put(`known.${key}`, `${value}\n`);
    const { code, stderr } = run(script, folder, stdin);
    const calls = read(folder, "calls").split("\n").filter(Boolean);
    const names = ["init", ...calls.flatMap((call) => /^file push .* (\S+)$/.exec(call)?.[1] ?? [])];
    const given = Object.fromEntries(
      names.map((name) => [name, read(folder, `given.${name.replaceAll("/", "_")}`)]),
    );
    return { code, stderr, calls, given };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(script: string, folder: string, input: string): { code: number; stderr: string } {
  try {
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
    execFileSync("sh", ["-c", script], { input, env, stdio: ["pipe", "pipe", "pipe"] });
    return { code: 0, stderr: "" };
  } catch (error) {
    const failed = error as { status?: number; stderr?: Buffer };
    return { code: failed.status ?? -1, stderr: String(failed.stderr) };
  }
}

function read(folder: string, name: string): string {
  try {
    return readFileSync(join(folder, name), "utf8");
  } catch {
    return "";
  }
}
