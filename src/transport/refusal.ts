/** Why a login runs no commands, in the words of a problem. */
export interface Refusal {
  readonly found: string;
  readonly expected: string;
  readonly fix: string;
}

interface Reason {
  /** What the login shell or sudo prints, in English. */
  readonly says: RegExp;
  readonly found: (user: string, line: string) => string;
  readonly expected: string;
  readonly fix: (user: string, line: string) => string;
}

const SUDO_EXPECTED = "root, or a user who may do all by sudo without a password";
const SHELL_EXPECTED = "a login shell that runs commands";

/** sudo reads the files in the order of their names, and the last line that fits counts. It skips names with a dot. */
const sudoers = (user: string): string => `/etc/sudoers.d/zz-${user.replaceAll(".", "_")}`;
const bash = (user: string): string => `on it as root: usermod --shell /bin/bash ${user}`;
const may = (user: string, line: string): string => `that ${user} may not use sudo (${line})`;
const shellSays = (user: string, line: string): string => `that the login shell of ${user} says: ${line}`;

/** The first that fits counts. */
const REASONS: readonly Reason[] = [
  {
    says: /must have a tty/,
    found: (user, line) => `that sudo wants a terminal for ${user} (requiretty in its sudoers: ${line})`,
    expected: "sudo without a terminal",
    fix: (user) => `on it as root: echo 'Defaults:${user} !requiretty' > ${sudoers(user)}-tty`,
  },
  {
    says: /sudo['":]*( command)? not found|(command|unknown command):? '?sudo|sudo: (command not found|no such file)/i,
    found: (_user, line) => `no sudo (${line})`,
    expected: SUDO_EXPECTED,
    fix: () => "on it as root: apt-get install sudo. Or set user: root",
  },
  {
    says: /a password is required|a terminal is required|no tty present/,
    found: may,
    expected: SUDO_EXPECTED,
    fix: (user) =>
      `on it as root: echo '${user} ALL=(ALL) NOPASSWD: ALL' > ${sudoers(user)}. If it asks still, ` +
      `\`sudo -l -U ${user}\` shows all lines; the last that fits counts`,
  },
  {
    says: /^sudo: |not in the sudoers|is not allowed to|may not run sudo/,
    found: may,
    expected: SUDO_EXPECTED,
    fix: (user) => `on it as root: echo '${user} ALL=(ALL) NOPASSWD: ALL' > ${sudoers(user)}`,
  },
  {
    says: /log ?in as (the )?user/i,
    found: shellSays,
    expected: SHELL_EXPECTED,
    fix: (_user, line) =>
      `set user: ${/user "?([a-z_][a-z0-9_-]*)/i.exec(line)?.[1] ?? "the user that it names"}`,
  },
  {
    says: /password (has|is) expired|password change required|change your password|account has expired/i,
    found: shellSays,
    expected: "a user whose password and account have not expired",
    fix: (user) => `on it as root: chage -M -1 -E -1 ${user}. \`chage -l ${user}\` shows what expired`,
  },
  {
    says: /account is (currently )?not available|restricted/,
    found: shellSays,
    expected: SHELL_EXPECTED,
    fix: bash,
  },
];

/**
 * What is in the way of a command that did not start.
 * @param said what the login shell or sudo printed instead of running it
 */
export function refusalOf(user: string, said: string): Refusal {
  const lines = said
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  for (const { says, found, expected, fix } of REASONS) {
    const line = lines.findLast((one) => says.test(one));
    if (line !== undefined) return { found: found(user, line), expected, fix: fix(user, line) };
  }
  return {
    found: shellSays(user, lines.at(-1) ?? "nothing"),
    expected: SHELL_EXPECTED,
    fix: `see that its start-up files (.bashrc, config.fish) neither end it nor wait for input; or ${bash(user)}`,
  };
}
