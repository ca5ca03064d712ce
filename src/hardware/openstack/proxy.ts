import { isIP } from "node:net";
import { contains, parseAddress, parseCidr } from "../../config/ipv4.ts";

type Variables = Readonly<Record<string, string | undefined>>;

const SEPARATOR = /[,\s]+/;

/** The proxy for an address, by the variables that the plugin and the openstack client read. @returns undefined for none */
export function proxyFor(url: URL, env: Variables): URL | undefined {
  const value = (name: string) => env[name] || env[name.toUpperCase()] || undefined;
  const proxy = value(url.protocol === "https:" ? "https_proxy" : "http_proxy");
  if (proxy === undefined || isDirect(url, value("no_proxy") ?? "")) return undefined;
  const address = proxy.includes("://") ? proxy : `http://${proxy}`;
  return URL.canParse(address) ? new URL(address) : undefined;
}

/** Where a proxy is, without the password that its address may have. */
export const proxyPlace = ({ protocol, host }: URL): string => `${protocol}//${host}`;

function isDirect({ hostname, protocol, port }: URL, exceptions: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "");
  if (host === "localhost" || host === "::1" || isInNetworks(host, "127.0.0.0/8")) return true;
  if (isInNetworks(host, exceptions)) return true;
  const at = port || (protocol === "https:" ? "443" : "80");
  return exceptions.split(SEPARATOR).some((one) => covers(one.toLowerCase(), host, at));
}

/** An exception is `*`, an address, or a domain with all below it; with a port behind it, of that port alone. */
function covers(exception: string, host: string, port: string): boolean {
  if (exception === "*") return true;
  const [, name = exception, only] = /^(.+?):(\d+)$/.exec(exception) ?? [];
  if (name === "" || (only !== undefined && only !== port)) return false;
  const domain = name.replace(/^\*?\.?/, "");
  return host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`));
}

/** Whether `NO_PROXY` has a network with this address. */
export function isInNetworks(host: string, noProxy: string): boolean {
  const address = parseAddress(host);
  if (address === undefined) return false;
  return noProxy
    .split(SEPARATOR)
    .flatMap((entry) => parseCidr(entry) ?? [])
    .some((network) => contains(network, address));
}
