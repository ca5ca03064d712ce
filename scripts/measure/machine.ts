import { cpus, totalmem } from "node:os";

/** This machine in a few words. */
export function machine(): string {
  const gib = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${cpus()[0]?.model}), ${gib} GiB`;
}
