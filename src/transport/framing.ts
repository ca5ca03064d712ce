import { UserError } from "../config/errors.ts";
import { quote } from "../config/quote.ts";
import { CLEAN_ENVIRONMENT } from "./clean-environment.ts";
import type { Command } from "./types.ts";

/** Who runs a command: `here` this process's user, `login` the user who logs in to a node, `root` root on a node through sudo. */
export type As = "here" | "login" | "root";

/** What a shell is started with (safe to show: it is the same for all but a number), and what it then reads on stdin. */
export interface Frame {
  readonly argv: readonly string[];
  /**
   * What the shell prints on stdout and on stderr before it reads anything. What comes before it is not the command's: login
   * shells print greetings, sudo prints warnings. The payload is sent after it, so that no start-up file can read it.
   * @default nothing: no login shell is involved
   */
  readonly start?: { readonly stdout: string; readonly stderr: string };
  /** To be written to stdin, which then stays open: its end is the order to end the command and all it started. */
  readonly payload: Buffer;
}

/**
 * Start the two streams of an answer. They differ, and stdout's is printed last: a login shell may have made one stream of both. The
 * command line holds them in another form, so that a login shell that prints its commands does not print them.
 */
const START = { stdout: "\x1eout\n", stderr: "\x1eerr\n" };
const PRINT_START = 'printf "\\036err\\n" >&2;printf "\\036out\\n"';

/**
 * What scripts expect of a login, whatever its start-up files, /etc/environment or sudo's secure_path and umask say: Debian's
 * folders of programs, and files that others may read.
 */
const SURROUNDINGS =
  "umask 022;PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:$PATH;export PATH";

/** Runs the wrapper, which is so many bytes of stdin. */
const READ = 'eval "$(head -c $1)"';

/** Ends the payload: without it the payload was cut short, and nothing of it may run. */
const END = ".";

/**
 * The shell around a script of `script` bytes, with `stdin` bytes of base64 for its stdin.
 *
 * It reads both to the end before it runs anything. A watcher then waits for end of file on stdin: the client closed the channel or
 * was killed, or the connection broke. The watcher ends all processes of this session, and their descendants: TERM, after about
 * 5 s KILL. sshd makes a session for each command (behind sudo `setsid` does); `timeout` leaves the process group but not the
 * session, `su` and `runuser` make sessions of their own. The shell itself stays until the others have ended (USR1). The watcher needs
 * no program but the shell, holds neither stdout nor stderr open, and ends before the shell exits, so that daemons that the
 * script started stay.
 */
function wrapper(script: number, stdin: number): string {
  return `_lab_script=$(head -c ${script}); _lab_stdin=$(head -c ${stdin})
[ "$(head -c 1)" = "${END}" ] || exit 255
exec 3<&0 </dev/null
_lab_all=" $$ "
_lab_find() {
  _lab_before=
  while [ "$_lab_before" != "$_lab_all" ]; do
    _lab_before=$_lab_all
    for _lab_f in /proc/[0-9]*/stat; do
      read -r _lab_line <"$_lab_f" || continue
      _lab_pid=\${_lab_f#/proc/}; _lab_pid=\${_lab_pid%/stat}
      set -- \${_lab_line##*) }
      case $_lab_all in *" $_lab_pid "*) continue ;; *" $2 "*) ;; *) [ "$4" = $$ ] || continue ;; esac
      _lab_all="$_lab_all$_lab_pid "
    done
  done
}
_lab_signal() {
  _lab_found=1
  for _lab_pid in $_lab_all; do
    case $_lab_pid in $$ | $_lab_self) continue ;; esac
    read -r _lab_line <"/proc/$_lab_pid/stat" || continue
    case \${_lab_line##*) } in Z*) continue ;; esac
    kill "-$1" "$_lab_pid" && _lab_found=0
  done
  return $_lab_found
}
(
  trap "" TERM HUP INT
  exec >/dev/null 2>&1
  while read -r _lab_line; do :; done <&3
  read -r _lab_self _lab_line </proc/self/stat
  _lab_find
  kill -USR1 $$
  _lab_signal TERM
  _lab_n=0
  while [ $_lab_n -lt 25 ] && _lab_find && _lab_signal 0; do _lab_n=$((_lab_n + 1)); sleep 0.2; done
  _lab_signal KILL
) &
_lab_watcher=$!
trap 'wait $_lab_watcher; exit 143' USR1
if [ ${stdin} = 0 ]; then
  (exec 3<&-; set --; eval "$_lab_script")
else
  printf %s "$_lab_stdin" | base64 -d | (exec 3<&-; set --; eval "$_lab_script")
fi
_lab_code=$?
kill -KILL $_lab_watcher
exit $_lab_code
`;
}

/**
 * What makes a command root's. sudo stays between sshd and the shell, so the shell gets a session of its own: that is what its
 * watcher looks for. Where sudo makes a session itself `setsid` forks out of it, hence `--wait`. sudo's secure_path need not have it.
 */
export const SUDO = ["sudo", "-n", "--", "/usr/bin/setsid", "--wait"] as const;

/** What every login has and sudo takes away: the variables of /etc/environment, which is no shell text. PATH is as above. */
const LOGIN_ENVIRONMENT = `while IFS= read -r _lab_line; do
  case $_lab_line in [A-Za-z_]*=*) ;; *) continue ;; esac
  case \${_lab_line%%=*} in PATH | *[!A-Za-z0-9_]*) continue ;; esac
  _lab_value=\${_lab_line#*=}; _lab_value=\${_lab_value#[\\"\\']}; _lab_value=\${_lab_value%[\\"\\']}
  export "\${_lab_line%%=*}=$_lab_value"
done 2>/dev/null </etc/environment || true`;

/** @throws UserError for what a shell cannot hold: a NUL, or a variable's name that is none. */
export function frame(command: Pick<Command, "command" | "environment" | "stdin">, as: As): Frame {
  const exports = Object.entries(command.environment ?? {}).map(([name, value]) => exported(name, value));
  const login = as === "root" ? [LOGIN_ENVIRONMENT] : [];
  const before = as === "here" ? exports : [...login, CLEAN_ENVIRONMENT, ...exports];
  const script = Buffer.from([...before, withoutNul("the command", command.command)].join("\n"));
  const stdin = Buffer.from(Buffer.from(command.stdin ?? "").toString("base64"));
  const program = Buffer.from(wrapper(script.length, stdin.length));
  const first = as === "here" ? READ : [SURROUNDINGS, PRINT_START, READ].join(";");
  return {
    argv: [...(as === "root" ? SUDO : []), "/bin/sh", "-c", first, "sh", String(program.length)],
    ...(as !== "here" && { start: START }),
    payload: Buffer.concat([program, script, stdin, Buffer.from(END)]),
  };
}

/** One line that any login shell understands. */
export const commandLine = (frame: Frame): string => `exec ${frame.argv.map(quote).join(" ")}`;

function exported(name: string, value: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    throw new UserError(
      `environment: ${JSON.stringify(name)} is no name of a variable; use letters, digits and _`,
    );
  }
  return `export ${name}=${quote(withoutNul(`environment.${name}`, value))}`;
}

function withoutNul(what: string, text: string): string {
  if (text.includes("\0"))
    throw new UserError(`${what} holds a NUL character, which no shell can take; remove it`);
  return text;
}
