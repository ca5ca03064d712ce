import type { StackConfig } from "./schema.ts";
import { plainSecret } from "./secret-value.ts";

/** The variables by which programs find a proxy; each in both spellings, as programs differ. */
export type ProxyEnvironment = Readonly<Record<string, string>>;

/** Where a proxy listens: a part of its URL that is no secret. */
export interface ProxyPlace {
  /** The key of the stack file. */
  readonly key: string;
  readonly host: string;
  readonly port: number;
}

/** Whether a stack has a proxy; unlike its URL this is no secret. */
export const hasProxy = ({ settings: { proxy } }: Pick<StackConfig, "settings">): boolean =>
  proxy.http !== null || proxy.https !== null;

/** The proxies of a stack's file, decrypted: by the scheme of what is fetched. @returns empty where there are none */
export function proxiesOf({ settings: { proxy } }: StackConfig): Readonly<Record<string, string>> {
  const given = { http: proxy.http, https: proxy.https ?? proxy.http };
  return Object.fromEntries(
    Object.entries(given).flatMap(([scheme, url]) => (url === null ? [] : [[scheme, plainSecret(url)]])),
  );
}

/** @param direct names, addresses and networks that are reached without it, beside those of the stack's file */
export function proxyEnvironment(config: StackConfig, direct: readonly string[]): ProxyEnvironment {
  const proxies = proxiesOf(config);
  if (Object.keys(proxies).length === 0) return {};
  const exceptions = [...direct, ...(config.settings.proxy.noProxy ?? [])].join(",");
  const variables: [string, string][] = [
    ...Object.entries(proxies).map(([scheme, url]): [string, string] => [`${scheme}_proxy`, url]),
    ["no_proxy", exceptions],
  ];
  return Object.fromEntries([...variables, ...variables.map(([name, value]) => [name.toUpperCase(), value])]);
}

/** Where the proxies of a stack's file listen, each once. */
export function proxyPlaces(config: StackConfig): ProxyPlace[] {
  const places = Object.entries(proxiesOf(config)).map(([scheme, text]): ProxyPlace => {
    const { hostname, port, protocol } = new URL(text);
    const standard = protocol === "https:" ? 443 : 80;
    return {
      key: `settings.proxy.${scheme}`,
      host: hostname.replace(/^\[|\]$/g, ""),
      port: Number(port) || standard,
    };
  });
  return places.filter(
    (one, index) => places.findIndex(({ host, port }) => host === one.host && port === one.port) === index,
  );
}
