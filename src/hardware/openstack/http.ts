import { readFileSync } from "node:fs";
import type { Dispatcher } from "undici";
import { contains, parseAddress, parseCidr } from "../../config/ipv4.ts";

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
 * One HTTP request with a limit of time. Goes through the proxy that `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name, as the engine's
 * plugin does.
 * @throws Error in a few words when there is no answer
 */
export async function ask(url: string, asked: Asked, trust: Trust, patience = PATIENCE): Promise<Answer> {
  const { method, headers = {}, body } = asked;
  // Loaded here: only stacks on a cloud need it.
  const { request } = await import("undici");
  const signal = AbortSignal.timeout(patience);
  try {
    const answer = await request(url, {
      method,
      signal,
      dispatcher: await dispatcherFor(new URL(url), trust),
      headers: {
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
  } catch (error) {
    throw new Error(signal.aborted ? `no answer within ${patience / 1000} s` : inWords(error as Error));
  }
}

/** Connections are kept for the next request: one set of them for each way to check certificates. */
const dispatchers = new Map<string, Promise<Dispatcher>>();

function dispatcherFor(url: URL, trust: Trust): Promise<Dispatcher> {
  const direct = isInNetworks(url.hostname, process.env.no_proxy ?? process.env.NO_PROXY ?? "");
  const key = JSON.stringify([trust, direct]);
  const known = dispatchers.get(key) ?? newDispatcher(trust, direct);
  dispatchers.set(key, known);
  return known;
}

async function newDispatcher({ caFile, verify }: Trust, direct: boolean): Promise<Dispatcher> {
  const { Agent, EnvHttpProxyAgent } = await import("undici");
  const tls = { rejectUnauthorized: verify, ...(caFile === undefined ? {} : { ca: readFileSync(caFile) }) };
  if (direct) return new Agent({ connect: tls });
  return new EnvHttpProxyAgent({ connect: tls, requestTls: tls, proxyTunnel: false });
}

/** Whether `NO_PROXY` has a network with this address. undici knows names and addresses there, but no networks. */
export function isInNetworks(host: string, noProxy: string): boolean {
  const address = parseAddress(host);
  if (address === undefined) return false;
  return noProxy
    .split(/[,\s]+/)
    .flatMap((entry) => parseCidr(entry) ?? [])
    .some((network) => contains(network, address));
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
