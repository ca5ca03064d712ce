import { programText } from "../../config/program-text.ts";

const guestFile = (name: string): string => `${programText(`hardware/guest/files/${name}.sh`)}\n`;

/**
 * What a guest holds besides the kernel, BusyBox and dropbear: absolute path → text. BusyBox' init runs it all from
 * memory; on its disk it keeps its SSH host key alone, so that it is known again after a restart.
 */
export const GUEST_FILES: Readonly<Record<string, string>> = {
  "/etc/inittab": `::sysinit:/etc/start
::once:/etc/network
ttyS0::respawn:-/bin/sh
tty1::respawn:-/bin/sh
::ctrlaltdel:/bin/poweroff
`,

  "/etc/start": guestFile("start"),
  "/etc/network": guestFile("network"),
  "/etc/announce": guestFile("announce"),
  "/etc/dhcp": guestFile("dhcp"),
  "/etc/acpi/PWRF/00000080":
    "#!/bin/sh\n# The cloud asks a server to stop by pressing its power button.\npoweroff\n",
  "/etc/passwd": "root:x:0:0:root:/root:/bin/sh\n",
  "/etc/group": "root:x:0:\n",
  "/etc/shells": "/bin/sh\n",
  "/etc/hosts": "127.0.0.1 localhost\n",
};

/** What BusyBox does not have, or has with less: its `mke2fs` makes no ext4, and tutorials type `curl`. */
export const GUEST_PROGRAMS = ["sbin/dropbear", "bin/dropbearkey", "bin/curl", "sbin/mke2fs", "bin/lsblk"];

/** Kernel modules in the order in which they load; each needs only those before it. */
export const GUEST_MODULES = [
  "failover",
  "net_failover",
  "virtio_net",
  "virtio_blk",
  "virtio-rng",
  "evdev",
  "button",
];
