import { userInfo } from "node:os";
import { backendFolder, home } from "../config/paths.ts";
import { shortHash } from "./hash.ts";

/** What hardware that a state made carries, so that another state with a stack of the same name leaves it alone. */
export interface StateMark {
  /** Names the state. */
  readonly id: string;
  /** Who worked with the state, and where it is, for people. Never part of a comparison. */
  readonly by: string;
}

/**
 * Names a state: a hash of its public login key, which is made once and stays in it wherever it is moved.
 * @param loginKey `ssh-ed25519 AAAA…`
 */
export const stateId = (loginKey: string): string => shortHash(loginKey);

export const stateMark = (loginKey: string, env: NodeJS.ProcessEnv = process.env): StateMark => ({
  id: stateId(loginKey),
  by: stateInWords(env),
});

/** `user ann, state in /home/ann/.local/share/scratchstack/state`: without a password that the address of a backend may have. */
export function stateInWords(env: NodeJS.ProcessEnv = process.env, user: string = userName()): string {
  const backend = env.PULUMI_BACKEND_URL ?? `file://${home(env)}/state`;
  return `user ${user}, state in ${backendFolder(backend) ?? withoutLogin(backend)}`;
}

/** Who makes images, which belong to no state: `user ann, home /home/ann/.local/share/scratchstack`. */
export const makerInWords = (env: NodeJS.ProcessEnv = process.env, user: string = userName()): string =>
  `user ${user}, home ${home(env)}`;

/** Options may hold a password as well as the part before the host. */
const withoutLogin = (url: string): string => url.replace(/\?.*$/s, "").replace(/:\/\/.*@/s, "://");

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user id without an entry in passwd, as in some containers.
    return String(process.getuid?.() ?? "unknown");
  }
}
