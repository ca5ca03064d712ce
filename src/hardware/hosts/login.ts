import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { UserError } from "../../config/errors.ts";
import type { Connection } from "../../transport/types.ts";
import type { Problem } from "../types.ts";
import type { HostsStack } from "./config.ts";

export type Host = HostsStack["hardware"]["hosts"][string];
type Login = Pick<NonNullable<Host["jump"]>, "address" | "port" | "user" | "key" | "hostKey">;

/** Where a host is in the configuration. */
export const hostPath = (name: string): string => `hardware.hosts.${name}`;

/** This machine has no key or agent to log in with. */
export class LoginError extends UserError {
  constructor(readonly problem: Problem) {
    const { where, found, expected, fix } = problem;
    super(`${where}: found ${found}, expected ${expected}. To fix it: ${fix}`);
    this.name = "LoginError";
  }
}

/**
 * How a host is reached and logged in to; holds private keys.
 * @param name what problems call it
 * @throws LoginError where a key cannot be read, or there is no agent
 */
export function connectionTo(name: string, host: Host): Connection {
  const { jump } = host;
  return {
    ...withKey(hostPath(name), host),
    ...(jump === null ? {} : { proxy: jumpOf(name, jump) }),
  };
}

/** The same for the jump host alone. @throws LoginError */
export const jumpOf = (name: string, jump: NonNullable<Host["jump"]>): Connection =>
  withKey(`${hostPath(name)}.jump`, jump);

/** What is dialled first on the way to a host, without login data. */
export const doorOf = (host: Host): Connection => addressOf(host.jump ?? host);

export const addressOf = ({ address, port, user }: Omit<Login, "key" | "hostKey">) => ({
  host: address,
  port,
  user,
});

function withKey(path: string, login: Login): Omit<Connection, "proxy"> {
  const { key, hostKey } = login;
  return {
    ...addressOf(login),
    ...(hostKey === null ? {} : { hostKey }),
    ...(key === null ? agent(path) : { privateKey: readKey(`${path}.key`, key) }),
  };
}

/** Every person uses their own agent, so the state does not contain it. */
function agent(path: string): object {
  if (process.env.SSH_AUTH_SOCK) return {};
  throw new LoginError({
    where: `${path}.agent`,
    found: "no SSH agent (SSH_AUTH_SOCK is not set)",
    expected: "one that holds the key",
    fix: "start one (`eval $(ssh-agent)`, `ssh-add`), or name a private key file as key in its place",
  });
}

function readKey(where: string, file: string): string {
  const expected = "a private key file without a passphrase, or agent: true in its place";
  const fix = `\`ssh-keygen -t ed25519 -f ${file}\` makes one; let its public half in on the host`;
  let text: string;
  try {
    text = readFileSync(file.replace(/^~(?=\/)/, homedir()), "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new LoginError({
      where,
      found: `${file} (${code === "ENOENT" ? "no such file" : message})`,
      expected,
      fix,
    });
  }
  if (/^-----BEGIN [A-Z ]*PRIVATE KEY-----$/m.test(text)) return text;
  throw new LoginError({ where, found: `${file}, which holds no private key`, expected, fix });
}
