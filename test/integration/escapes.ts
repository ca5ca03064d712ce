import { GUEST_PATH } from "../../src/hardware/guest/recipe.ts";

/** What root on a node may try against the machine that carries it. */
export interface Escape {
  /** Completes "reaches …". */
  readonly what: string;
  /** Shell on the node as root; ends with 0 where the attempt succeeds. */
  readonly attempt: string;
  /** What the kernel or the other side answers: a command that is missing, or an attempt that ends for another reason, is no refusal. */
  readonly refusal: RegExp;
}

/** What surrounds the node, as the machine knows it. */
export interface Surroundings {
  /** In the command line of a process of the machine; of letters alone. */
  readonly marker: string;
  /** A port on the machine's loopback with an HTTP server. */
  readonly port: number;
  /** The machine's address in the node's network. */
  readonly gateway: string;
  readonly neighbour: {
    /** Bridge of another lab. */
    readonly bridge: string;
    /** Incus' name of a node there. */
    readonly instance: string;
  };
}

const DENIED = /not permitted|denied/i;
/** Incus answers some calls in the kernel's place. */
const NO_CALL = /not permitted|not implemented/i;
const NOTHING = /^nothing there\n$/;

/** Writes what a file of the kernel says into it again; to one that says nothing, something without an effect. */
const rewrite = (path: string): string => `[ -e ${path} ] || { echo "denied: this kernel has none"; exit 1; }
(cat ${path} 2> /dev/null || echo h) | sed 's/.*[[]//; s/[]].*//' > /root/value
cat /root/value > ${path}`;

/** A device of the machine, by its numbers: made, then opened. */
const device = (kind: string, major: number, minor: number): string => `rm -f /root/device
mknod /root/device ${kind} ${major} ${minor}
head -c 1 /root/device > /dev/null`;

/** Opens a file by its handle alone: with one of the machine's root folder, every file of the machine would be in reach. */
const BY_HANDLE = `exec perl -e '
  my ($path, $handle, $mount) = ("${GUEST_PATH}/vmlinuz", pack("Iia128", 128, 0, ""), pack("i", 0));
  open(my $folder, "<", $path) or die "no $path";
  syscall(303, -100, $path, $handle, $mount, 0) == 0 or die "no handle: $!";
  syscall(304, fileno($folder), $handle, 0) >= 0 or die "open by handle: $!\\n"'`;

const LOAD_MODULE = `exec perl -e 'my ($code, $options) = ("x" x 64, ""); syscall(175, $code, 64, $options) == 0 or die "load: $!\\n"'`;

const found = (command: string): string => `${command} || { echo "nothing there"; exit 1; }`;

const KERNEL_FILES = [
  "/proc/sys/kernel/core_pattern",
  "/proc/sys/kernel/modprobe",
  "/proc/sys/kernel/panic",
  "/proc/sys/kernel/printk",
  "/proc/sys/fs/file-max",
  "/proc/sys/vm/overcommit_memory",
  "/proc/sys/vm/drop_caches",
  "/proc/sysrq-trigger",
  "/sys/kernel/mm/transparent_hugepage/enabled",
  "/sys/class/block/loop0/uevent",
];

export const escapes = ({ marker, port, gateway, neighbour }: Surroundings): readonly Escape[] => [
  { what: "files of the machine by their handles", attempt: BY_HANDLE, refusal: NO_CALL },
  {
    what: "the folder of the machine that it reads, to write",
    attempt: `mount -o remount,bind,rw ${GUEST_PATH} && touch ${GUEST_PATH}/vmlinuz`,
    refusal: DENIED,
  },
  { what: "the machine's memory", attempt: device("c", 1, 1), refusal: DENIED },
  { what: "the machine's disk", attempt: device("b", 7, 0), refusal: DENIED },
  {
    what: "other nodes' disks in the storage pool",
    attempt:
      'mount -o subvolid=5 -t "$(findmnt -no FSTYPE /)" "$(findmnt -no SOURCE / | sed \'s/\\[.*//\')" /mnt',
    refusal: /not permitted|denied|not exist|not a block device|can't find|bad superblock|wrong fs type/i,
  },
  ...KERNEL_FILES.map((path) => ({
    what: path,
    attempt: rewrite(path),
    refusal: DENIED,
  })),
  {
    what: "kernel settings through a mount of its own",
    attempt: `mkdir -p /root/proc
mount -t proc proc /root/proc
trap 'umount /root/proc' EXIT
${rewrite("/root/proc/sys/kernel/core_pattern")}`,
    refusal: DENIED,
  },
  { what: "the kernel's insides", attempt: "mount -t debugfs none /mnt", refusal: DENIED },
  { what: "the kernel's code", attempt: LOAD_MODULE, refusal: NO_CALL },
  { what: "the machine's clock", attempt: 'date -s "@$(date +%s)"', refusal: DENIED },
  { what: "the kernel's log, to clear it", attempt: "dmesg --clear", refusal: DENIED },
  {
    what: "its own limit of memory",
    attempt: `for file in /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max; do
  [ -e "$file" ] || continue
  ${rewrite('"$file"')}
  exit 0
done
echo denied
exit 1`,
    refusal: DENIED,
  },
  {
    what: "the machine through a control group's release agent",
    attempt:
      "mkdir -p /root/cg\nmount -t cgroup -o memory none /root/cg\necho /bin/true > /root/cg/release_agent",
    refusal: /not permitted|denied|unknown filesystem|wrong fs type/i,
  },
  {
    what: "processes of the machine",
    // A pattern does not match itself on a command line.
    attempt: found(
      `cat /proc/[0-9]*/cmdline 2> /dev/null | grep -a '[${marker.charAt(0)}]${marker.slice(1)}'`,
    ),
    refusal: NOTHING,
  },
  {
    what: "another lab's bridge",
    attempt: found(`ip -o link | grep -F ${neighbour.bridge}`),
    refusal: NOTHING,
  },
  {
    what: "Incus' sockets",
    attempt: found("find / -xdev -path '*incus*' -type s | grep ."),
    refusal: NOTHING,
  },
  {
    what: "Incus' API in the network",
    attempt: `exec curl -sSfk --max-time 5 https://${gateway}:8443/1.0/instances/${neighbour.instance}`,
    refusal: /refused|error: 40|Could not connect|Failed to connect|timed out/i,
  },
  {
    what: "the machine's loopback through the package cache",
    attempt: `exec curl -sSf --max-time 5 --proxy http://127.0.0.1:13142 http://127.0.0.1:${port}/`,
    refusal: /error: 40/,
  },
];
