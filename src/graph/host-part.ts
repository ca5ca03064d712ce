import { contains, parseAddress, parseCidr } from "../config/ipv4.ts";

/** Which of a network's addresses it is, counted from its first: 11 for 10.64.0.11 of a /24. Null outside of it. */
export function hostPart(address: string | null, cidr: string | null): number | null {
  const network = parseCidr(cidr ?? "");
  const number = parseAddress(address ?? "");
  if (network === undefined || number === undefined || !contains(network, number)) return null;
  return number - network.base;
}
