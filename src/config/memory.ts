import type { Role } from "../curriculum/types.ts";

/** Default and least memory of a node with a role. */
const BY_ROLE: Readonly<Record<Role, { readonly standard: string; readonly least: string }>> = {
  control: { standard: "6GiB", least: "3GiB" },
  compute: { standard: "4GiB", least: "1GiB" },
  network: { standard: "2GiB", least: "1GiB" },
  storage: { standard: "2GiB", least: "1GiB" },
};

/** Bytes of a size such as `6GiB` or `1536MiB`; NaN for anything else. */
export function bytes(size: string): number {
  const [, digits, unit] = /^(\d+)([MG])iB$/.exec(size) ?? [];
  return Number(digits) * (unit === "G" ? 2 ** 30 : 2 ** 20);
}

/** Default memory of a node: the largest of its roles' defaults. */
export const standardMemory = (roles: readonly Role[]): string =>
  largest(roles.map((role) => BY_ROLE[role].standard));

/** The least memory that the services of a node's roles fit into. */
export const leastMemory = (roles: readonly Role[]): string =>
  largest(roles.map((role) => BY_ROLE[role].least));

const largest = (sizes: readonly string[]): string =>
  sizes.reduce((most, size) => (bytes(size) > bytes(most) ? size : most), "1GiB");
