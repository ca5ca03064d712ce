import { Client, type ConnectConfig } from "ssh2";
import { DialError } from "./errors.ts";
import { hostKey } from "./hostkey.ts";
import type { Connection } from "./types.ts";
import { onAbort, pause } from "./waiting.ts";

/** Milliseconds before the first retry of a dial, and at most before a later one. */
const FIRST_DELAY = 200;
const LONGEST_DELAY = 2_000;
/** Milliseconds between keepalive messages. A connection counts as lost after three without an answer. */
const KEEPALIVE = 15_000;

/** `user@host:port`, for messages. */
export const addressOf = (at: Connection): string => `${at.user ?? "root"}@${at.host}:${at.port ?? 22}`;

/**
 * Connects and logs in, through the jump host where there is one. A failed dial is repeated `dialErrorLimit` times; a refused login
 * and a wrong host key are not.
 * @throws DialError; UserError for a connection without a valid host key; the signal's reason
 */
export async function dial(connection: Connection, signal?: AbortSignal): Promise<Client> {
  const limit = connection.dialErrorLimit ?? 10;
  for (let failed = 0; ; failed += 1) {
    signal?.throwIfAborted();
    try {
      return await (connection.proxy
        ? dialThrough(connection.proxy, connection, signal)
        : dialOnce(connection, signal));
    } catch (error) {
      const retryable = error instanceof DialError && error.retryable;
      if (!retryable || (limit >= 0 && failed >= limit)) throw error;
      await pause(Math.min(LONGEST_DELAY, FIRST_DELAY * 1.5 ** failed), signal);
    }
  }
}

async function dialThrough(proxy: Connection, connection: Connection, signal?: AbortSignal): Promise<Client> {
  const { sock, end } = await forwardThrough(proxy, connection, signal);
  try {
    const client = await dialOnce(connection, signal, sock);
    client.once("close", end);
    return client;
  } catch (error) {
    end();
    throw error;
  }
}

/**
 * A stream through a jump host to another host, and a function that ends both.
 * @throws as `dial`; DialError where the jump host does not reach the other host
 */
export async function forwardThrough(
  proxy: Connection,
  target: Connection,
  signal?: AbortSignal,
): Promise<{ sock: NonNullable<ConnectConfig["sock"]>; end: () => void }> {
  const jump = await dial(proxy, signal);
  const end = () => void jump.end();
  try {
    const sock = await new Promise<NonNullable<ConnectConfig["sock"]>>((resolve, reject) => {
      jump.forwardOut("127.0.0.1", 0, target.host, target.port ?? 22, (error, channel) =>
        error ? reject(dialError(target, error)) : resolve(channel),
      );
    });
    return { sock, end };
  } catch (error) {
    end();
    throw error;
  }
}

function dialOnce(
  connection: Connection,
  signal?: AbortSignal,
  sock?: ConnectConfig["sock"],
): Promise<Client> {
  const key = hostKey(connection);
  const client = new Client();
  return new Promise<Client>((resolve, reject) => {
    let denied = false;
    let off = () => {};
    const refuse = (error: unknown) => {
      off();
      client.end();
      reject(error);
    };
    off = onAbort(signal, () => {
      client.destroy();
      refuse(signal?.reason);
    });
    // Stays as long as the client: an error without a listener would end this process. `close` tells of a lost connection.
    client.on("error", (error: Error & { level?: string }) => {
      // One key of the agent was refused: other ways to log in are still tried.
      if (error.level !== "agent") refuse(dialError(connection, error, denied));
    });
    client.once("close", () => reject(dialError(connection, new Error("the connection was closed"), denied)));
    client.once("ready", () => {
      off();
      // A command is several small writes. Nagle's algorithm would delay each of them by 40 ms.
      client.setNoDelay(true);
      resolve(client);
    });
    client.on("keyboard-interactive", (_name, _instructions, _language, prompts, answer) =>
      answer(prompts.map(() => connection.password ?? "")),
    );
    // When the host behind a jump host goes away, the channel stays open in our direction: without this, commands would never end.
    sock?.once("end", () => sock.destroy());
    const verify = (shown: Buffer): boolean => {
      denied = !key.matches(shown);
      return !denied;
    };
    try {
      client.connect({
        ...config(connection),
        hostVerifier: verify,
        algorithms: { serverHostKey: key.algorithms },
        ...(sock && { sock }),
      });
    } catch (error) {
      refuse(
        new DialError(
          `${addressOf(connection)}: ${error instanceof Error ? error.message : String(error)}`,
          false,
        ),
      );
    }
  });
}

function config(connection: Connection): ConnectConfig {
  const agent = connection.agentSocketPath ?? process.env.SSH_AUTH_SOCK;
  return {
    host: connection.host,
    port: connection.port ?? 22,
    username: connection.user ?? "root",
    readyTimeout: (connection.perDialTimeout ?? 15) * 1_000,
    keepaliveInterval: KEEPALIVE,
    ...(connection.privateKey && { privateKey: connection.privateKey }),
    ...(connection.privateKeyPassword && { passphrase: connection.privateKeyPassword }),
    ...(connection.password && { password: connection.password, tryKeyboard: true }),
    ...(agent && { agent }),
    authHandler: [
      ...(connection.privateKey ? (["publickey"] as const) : []),
      ...(connection.password ? (["password", "keyboard-interactive"] as const) : []),
      ...(agent ? (["agent"] as const) : []),
    ],
  };
}

/** The error of a failed dial, with what to do. @param denied the host showed a wrong key */
export function dialError(
  connection: Connection,
  error: Error & { level?: string },
  denied = false,
): DialError {
  const where = addressOf(connection);
  if (denied || error.message.includes("no matching host key")) {
    return new DialError(
      `${where}: the host did not show the expected key (hostKey). Another machine answers at this address, or the host was ` +
        "reinstalled; nothing was sent. If you know why the key changed, set hostKey to the new one",
      false,
    );
  }
  if (error.level === "client-authentication") {
    return new DialError(
      `${where}: login refused; check user, privateKey and password (${error.message})`,
      false,
    );
  }
  return new DialError(`${where}: cannot connect: ${error.message}`, true);
}
