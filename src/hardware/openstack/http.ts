import { readFileSync } from "node:fs";
import type { Dispatcher } from "undici";
import { proxyFor, proxyPlace } from "./proxy.ts";

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

/** How a cloud is reached, and how its certificates are checked. */
export interface Trust {
  readonly caFile: string | undefined;
  /** Certificate and key of the client. @default none */
  readonly client?: { readonly certFile: string; readonly keyFile: string } | undefined;
  readonly verify: boolean;
  /** Variables of proxies. @default those of this process */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Milliseconds for a whole answer. */
export const PATIENCE = 10_000;

/**
 * One HTTP request with a limit of time, with the cloud's own certificate authority and through the proxy of the environment.
 * @throws Error in a few words when there is no answer
 */
export async function ask(url: string, asked: Asked, trust: Trust, patience = PATIENCE): Promise<Answer> {
  const { method, headers = {}, body } = asked;
  // Loaded here: only stacks on a cloud need it.
  const { request } = await import("undici");
  const json = body === undefined ? {} : { "content-type": "application/json" };
  const signal = AbortSignal.timeout(patience);
  let proxy: URL | undefined;
  try {
    proxy = proxyFor(new URL(url), trust.env ?? process.env);
    const answer = await request(url, {
      method,
      headers: { accept: "application/json", ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal,
      dispatcher: await dispatcherFor(url, proxy, trust),
    });
    return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
  } catch (error) {
    const said = signal.aborted ? `no answer within ${patience / 1000} s` : inWords(error as Error);
    const through = proxy === undefined ? "" : ` (through the proxy ${proxyPlace(proxy)} of the environment)`;
    throw new Error(`${said}${through}`);
  }
}

/** Connections are kept between requests; one that nobody uses does not keep the program from ending. */
const dispatchers = new Map<string, Dispatcher>();

async function dispatcherFor(
  url: string,
  proxy: URL | undefined,
  { caFile, client, verify }: Trust,
): Promise<Dispatcher> {
  const { Agent, ProxyAgent } = await import("undici");
  const encrypted = url.startsWith("https:");
  const key = JSON.stringify([encrypted, proxy?.href, caFile, client, verify]);
  const known = dispatchers.get(key);
  if (known !== undefined) return known;
  const tls = {
    rejectUnauthorized: verify,
    ...(caFile === undefined ? {} : { ca: pem(caFile, "cacert") }),
    ...(client === undefined ? {} : { cert: pem(client.certFile, "cert"), key: pem(client.keyFile, "key") }),
  };
  const made =
    proxy === undefined
      ? new Agent({ connect: tls })
      : new ProxyAgent({ uri: proxy.href, requestTls: tls, proxyTunnel: encrypted });
  dispatchers.set(key, made);
  return made;
}

/** @throws Error that names the file */
function pem(path: string, what: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`${what} ${path} cannot be read (${code}); correct it, or put the PEM file there`);
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: "its name is not known",
  EAI_AGAIN: "its name cannot be resolved now",
  ECONNREFUSED: "it refuses the connection: nothing listens there",
  ECONNRESET: "it cut the connection",
  UND_ERR_SOCKET: "it cut the connection",
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
