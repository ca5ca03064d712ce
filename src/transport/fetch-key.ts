import { Client, type ConnectConfig } from "ssh2";
import { explained, jumpTo } from "./dial.ts";
import { hostKey, keyType, PREFERRED } from "./hostkey.ts";
import type { Connection } from "./types.ts";

/**
 * The public key that a host shows, `ssh-ed25519 AAAA…`; nobody logs in to it. Of the type of the one that is known of it,
 * else of the best one. By way
 * of the jump host where there is one, which must be known already.
 * @throws DialError
 */
export async function fetchHostKey(stranger: Connection, signal?: AbortSignal): Promise<string> {
  if (stranger.proxy === undefined) return shake(stranger);
  const { sock, end } = await jumpTo(stranger.proxy, stranger, signal);
  return shake(stranger, sock).finally(end);
}

function shake(stranger: Connection, sock?: ConnectConfig["sock"]): Promise<string> {
  const client = new Client();
  const known = stranger.hostKey === undefined ? [] : hostKey(stranger).algorithms;
  return new Promise<string>((resolve, reject) => {
    let shown: string | undefined;
    const settle = (error: Error): void => {
      if (shown === undefined) reject(explained(stranger, error));
      else resolve(shown);
    };
    client.on("error", settle);
    client.once("close", () => settle(new Error("the connection was closed")));
    client.connect({
      host: stranger.host,
      port: stranger.port ?? 22,
      username: stranger.user ?? "root",
      readyTimeout: (stranger.perDialTimeout ?? 15) * 1_000,
      algorithms: { serverHostKey: [...known, ...PREFERRED.filter((one) => !known.includes(one))] },
      // Never taken: with the key in hand there is nothing more to say to whoever it is.
      hostVerifier: (key: Buffer) => {
        shown = `${keyType(key)} ${key.toString("base64")}`;
        return false;
      },
      ...(sock && { sock }),
    });
  });
}
