import { readFileSync } from "node:fs";
import { request as plain } from "node:http";
import { request as encrypted } from "node:https";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Asked {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** How a cloud's certificates are checked. */
export interface Trust {
  readonly caFile: string | undefined;
  readonly verify: boolean;
}

/** Milliseconds for a whole answer. */
export const PATIENCE = 10_000;

/**
 * One HTTP request with a limit of time. `fetch` is not used because it cannot be given a cloud's own certificate authority.
 * @throws Error in a few words when there is no answer
 */
export function ask(url: string, asked: Asked, trust: Trust, patience = PATIENCE): Promise<Answer> {
  const { method, headers = {}, body } = asked;
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const signal = AbortSignal.timeout(patience);
  return new Promise((resolve, reject) => {
    const fail = (error: Error & { code?: string }): void => {
      reject(new Error(signal.aborted ? `no answer within ${patience / 1000} s` : inWords(error)));
    };
    try {
      const send = url.startsWith("https:") ? encrypted : plain;
      const tls = trust.caFile === undefined ? {} : { ca: readFileSync(trust.caFile) };
      const json = payload === undefined ? {} : { "content-type": "application/json" };
      const length = payload === undefined ? {} : { "content-length": Buffer.byteLength(payload) };
      const options = { method, signal, rejectUnauthorized: trust.verify, ...tls };
      const request = send(url, {
        ...options,
        headers: { accept: "application/json", ...json, ...length, ...headers },
      });
      request.on("error", fail);
      request.on("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", fail);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      });
      request.end(payload);
    } catch (error) {
      fail(error as Error);
    }
  });
}

const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: "its name is not known",
  EAI_AGAIN: "its name cannot be resolved now",
  ECONNREFUSED: "it refuses the connection: nothing listens there",
  ECONNRESET: "it cut the connection",
  EHOSTUNREACH: "there is no way to it",
  ENETUNREACH: "there is no way to its network",
  SELF_SIGNED_CERT_IN_CHAIN:
    "nobody known signed its certificate; set hardware.auth.caFile, or cacert in clouds.yaml",
  DEPTH_ZERO_SELF_SIGNED_CERT:
    "it signed its certificate itself; set hardware.auth.caFile, or cacert in clouds.yaml",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "nobody known signed its certificate; set hardware.auth.caFile, or cacert in clouds.yaml",
  ERR_INVALID_URL: "this is no URL",
};

const inWords = (error: Error & { code?: string }): string =>
  WORDS[error.code ?? ""] ?? (error.message || String(error));
