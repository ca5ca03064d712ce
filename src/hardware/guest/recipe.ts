import { SUITE } from "../sources.ts";
import { GUEST_FILES, GUEST_MODULES, GUEST_PROGRAMS } from "./files.ts";

/** Where every control node finds the guest's `vmlinuz`, `initrd.gz` and `blank.qcow2`. */
export const GUEST_PATH = "/var/lib/scratchstack/guest";

/** Everything the guest is made of. */
export interface GuestRecipe {
  readonly suite: string;
  /** One-line apt sources. */
  readonly sources: readonly string[];
  /** Where apt fetches through; null for no proxy. */
  readonly proxy: string | null;
  /** Parts of the guest, and the tools that make it: this machine needs none but mmdebstrap. */
  readonly packages: readonly string[];
  /** Programs besides BusyBox, below `/usr` of their packages: the guest has them under the same paths. */
  readonly programs: readonly string[];
  readonly modules: readonly string[];
  /** Absolute path in the guest → text. */
  readonly files: Readonly<Record<string, string>>;
}

/** A server that boots in seconds even under emulation, from Debian's kernel, BusyBox and dropbear. */
export function guestRecipe(sources: readonly string[], proxy: string | null): GuestRecipe {
  return {
    suite: SUITE,
    sources,
    proxy,
    packages: [
      "base-files",
      "linux-image-cloud-amd64",
      "busybox-static",
      "dropbear-bin",
      "qemu-utils",
      "e2fsprogs",
      "curl",
      "ca-certificates",
      "util-linux",
    ],
    programs: GUEST_PROGRAMS,
    modules: GUEST_MODULES,
    files: GUEST_FILES,
  };
}
