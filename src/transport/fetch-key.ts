import { Client, type ConnectConfig } from "ssh2";
import { dialError, forwardThrough } from "./dial.ts";
import { hostKey, keyType, PREFERRED } from "./hostkey.ts";
import type { Connection } from "./types.ts";

/**
 * The public key that a host shows, `ssh-ed25519 AAAA…`, without a login. Its type is that of the known key, else the best that the
 * host has. A jump host's key must be known already.
 * @throws DialError
 */
export async function fetchHostKey(connection: Connection, signal?: AbortSignal): Promise<string> {
  if (connection.proxy === undefined) return handshake(connection);
  const { sock, end } = await forwardThrough(connection.proxy, connection, signal);
  return handshake(connection, sock).finally(end);
}

function handshake(connection: Connection, sock?: ConnectConfig["sock"]): Promise<string> {
  const client = new Client();
  const known = connection.hostKey === undefined ? [] : hostKey(connection).algorithms;
  return new Promise<string>((resolve, reject) => {
    let shown: string | undefined;
    const finish = (error: Error): void => {
      if (shown === undefined) reject(dialError(connection, error));
      else resolve(shown);
    };
    client.on("error", finish);
    client.once("close", () => finish(new Error("the connection was closed")));
    client.connect({
      host: connection.host,
      port: connection.port ?? 22,
      username: connection.user ?? "root",
      readyTimeout: (connection.perDialTimeout ?? 15) * 1_000,
      algorithms: { serverHostKey: [...known, ...PREFERRED.filter((one) => !known.includes(one))] },
      // The key is all that is wanted: it is refused, so that nothing else is sent.
      hostVerifier: (key: Buffer) => {
        shown = `${keyType(key)} ${key.toString("base64")}`;
        return false;
      },
      ...(sock && { sock }),
    });
  });
}
