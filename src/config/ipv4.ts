/** An IPv4 network; addresses are unsigned 32-bit numbers. */
export interface Cidr {
  readonly base: number;
  readonly prefix: number;
  /** The last address. */
  readonly broadcast: number;
}

/** @returns undefined for what is not four numbers of 0 to 255 */
export function parseAddress(text: string): number | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return undefined;
  const parts = text.split(".").map(Number);
  if (parts.some((part) => part > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** @returns undefined for what is not `a.b.c.d/prefix`, or has bits set behind the prefix */
export function parseCidr(text: string): Cidr | undefined {
  const [address = "", length = "", ...rest] = text.split("/");
  const base = parseAddress(address);
  if (base === undefined || rest.length > 0 || !/^\d{1,2}$/.test(length) || Number(length) > 32)
    return undefined;
  const prefix = Number(length);
  const size = 2 ** (32 - prefix);
  return base % size === 0 ? { base, prefix, broadcast: base + size - 1 } : undefined;
}

export const contains = (network: Cidr, address: number): boolean =>
  address >= network.base && address <= network.broadcast;

export const overlap = (a: Cidr, b: Cidr): boolean => a.base <= b.broadcast && b.base <= a.broadcast;

/**
 * The address with a host number in a network: 11 in `10.64.0.0/24` is `10.64.0.11`.
 * @throws Error for a network that is not one (configuration is checked before)
 */
export function hostAddress(cidr: string, number: number): string {
  const network = parseCidr(cidr);
  if (network === undefined) throw new Error(`not an IPv4 network: ${cidr}`);
  return formatAddress(network.base + number);
}

/** Which of a network's addresses it is, counted from its first: 11 for 10.64.0.11 of a /24. Null outside of it. */
export function hostNumber(address: string | null, cidr: string | null): number | null {
  const network = parseCidr(cidr ?? "");
  const number = parseAddress(address ?? "");
  if (network === undefined || number === undefined || !contains(network, number)) return null;
  return number - network.base;
}
