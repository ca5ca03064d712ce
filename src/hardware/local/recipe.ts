import { dirname } from "node:path";
import { quote } from "../../config/quote.ts";
import { SUITE } from "../sources.ts";
import { installScript } from "./bake.ts";

/** Everything a node image is made of. */
export interface Recipe {
  readonly suite: string;
  /** One-line apt sources. */
  readonly sources: readonly string[];
  /** Where apt fetches through, e.g. `http://127.0.0.1:13142`; null for no proxy. */
  readonly proxy: string | null;
  readonly packages: readonly string[];
  /** Lines of apt.conf; in force while the image is made and later on the node. */
  readonly apt: readonly string[];
  /** Lines of dpkg.cfg, likewise. */
  readonly dpkg: readonly string[];
  /** Absolute path → text. */
  readonly files: Readonly<Record<string, string>>;
  /** Files of those above that are executable. */
  readonly executable: readonly string[];
  /** Units that must never run in a node. */
  readonly masked: readonly string[];
  /** Packages that are installed on top, once all files are there (bake.ts). @default none */
  readonly baked?: readonly string[];
  /** What makes the image has a proxy in its environment, which no program of the image inherits. @default false */
  readonly proxied?: boolean;
  /** POSIX shell run with the image's root as `$1`, last. */
  readonly finish: string;
}

const PACKAGES = [
  "systemd",
  "systemd-sysv",
  // Where a node may write to /sys, systemd-networkd waits until udev has seen an interface.
  "udev",
  "dbus",
  "openssh-server",
  "python3-minimal",
  "iproute2",
  "iputils-ping",
  "kmod",
  "libeatmydata1",
  "ca-certificates",
  "netbase",
  "procps",
  "curl",
  "less",
  "vim-tiny",
];

const APT = [
  'APT::Install-Recommends "false";',
  'APT::Periodic::Enable "0";',
  'Acquire::Languages "none";',
  'Acquire::Retries "3";',
  // Steps on one node may overlap with background downloads: wait for the lock instead of failing on it.
  'DPkg::Lock::Timeout "600";',
];

const DPKG = [
  // A node can be made again within minutes, so it need not survive a power cut in the middle of an install.
  "force-unsafe-io",
  // A configuration file that a step wrote is kept when its package is installed again, without a question.
  "force-confdef",
  "force-confold",
  "path-exclude=/usr/share/man/*",
  "path-exclude=/usr/share/info/*",
  "path-exclude=/usr/share/doc/*",
  "path-include=/usr/share/doc/*/copyright",
  "path-include=/usr/share/doc/*/examples/*",
  "path-exclude=/usr/share/locale/*",
  "path-include=/usr/share/locale/locale.alias",
];

const DPKG_WITHOUT_FSYNC = "/usr/local/sbin/dpkg-without-fsync";

const QEMU_CONF = "/etc/libvirt/qemu.conf";
const PY3COMPILE = "/usr/local/bin/py3compile";
const COMPILE_NOTED = "/usr/local/sbin/compile-noted";

/** Packages whose modules are still to be compiled, a line each. */
const TO_COMPILE = "/var/lib/scratchstack/py3compile";

const FILES = {
  // Debian starts services on install, unconfigured; they would crash in a loop and starve the lab.
  "/usr/sbin/policy-rc.d":
    "#!/bin/sh\n# Services start when a step has configured them, not when they are installed.\nexit 101\n",
  "/etc/ssh/sshd_config.d/scratchstack.conf": [
    "HostKey /etc/ssh/ssh_host_ed25519_key",
    "PermitRootLogin prohibit-password",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    // Ends what a cut-off connection was running.
    "ClientAliveInterval 15",
    "ClientAliveCountMax 4",
    // The default drops connections at random from the tenth on that has not logged in yet.
    "MaxStartups 100",
    "",
  ].join("\n"),
  "/etc/systemd/journald.conf.d/scratchstack.conf": "[Journal]\nSystemMaxUse=64M\nRuntimeMaxUse=16M\n",
  // Nodes run many equal Python processes: let the kernel share their pages (where KSM runs at all).
  "/etc/systemd/system/service.d/memory-merging.conf": "[Service]\nMemoryKSM=yes\n",
  // dpkg waits for the disk at every change of a package's state, and all nodes of a lab wait for the same one. What is
  // lost without the waiting is lost only if this machine itself dies, and a lab is built again then.
  [DPKG_WITHOUT_FSYNC]: '#!/bin/sh\nLD_PRELOAD=libeatmydata.so exec /usr/bin/dpkg "$@"\n',
  "/etc/apt/apt.conf.d/90dpkg-without-fsync": `Dir::Bin::dpkg "${DPKG_WITHOUT_FSYNC}";\n`,
  // Each of some 300 packages of Python starts an interpreter or two to compile its modules. What a package's script asks for is
  // noted instead, and compiled by one process when apt is through: a fifth of the processor time of an install.
  [PY3COMPILE]: `#!/bin/sh
if [ -n "\${DPKG_RUNNING_VERSION-}" ] && [ $# = 2 ] && [ "$1" = -p ]; then
  mkdir -p ${dirname(TO_COMPILE)}
  echo "$2" >> ${TO_COMPILE}
  exit
fi
exec /usr/bin/py3compile "$@"
`,
  // Without compiled modules a program is only slower to start: no reason to call an install failed.
  [COMPILE_NOTED]: `#!/bin/sh
[ -s ${TO_COMPILE} ] || exit 0
mv ${TO_COMPILE} ${TO_COMPILE}.now
sort -u ${TO_COMPILE}.now | xargs dpkg-query --listfiles 2> /dev/null |
  grep '^/usr/lib/python3/dist-packages/.*[.]py$' | python3 -m compileall -q -j 2 -i - || true
rm ${TO_COMPILE}.now
`,
  // apt gives dpkg a path of its own, in which the script above would not be found.
  "/etc/apt/apt.conf.d/90compile-noted": `DPkg::Path "${dirname(PY3COMPILE)}:/usr/sbin:/usr/bin:/sbin:/bin";
DPkg::Post-Invoke { "${COMPILE_NOTED}"; };
`,
  // Addresses and routes that Neutron's agents made are none of systemd's business.
  "/etc/systemd/networkd.conf.d/scratchstack.conf":
    "[Network]\nManageForeignRoutes=no\nManageForeignRoutingPolicyRules=no\n",
  "/etc/systemd/system/systemd-networkd-wait-online.service.d/scratchstack.conf":
    "[Service]\nExecStart=\nExecStart=/usr/lib/systemd/systemd-networkd-wait-online --interface=eth0 --timeout=20\n",
  // libvirt notes the owner of a disk in an attribute that only root of the machine may set. It then refuses to start a server. The
  // file is the package's: it goes with the package when a service is undone, and comes back without the line.
  "/etc/apt/apt.conf.d/91libvirt-owners": `DPkg::Post-Invoke { "file=${QEMU_CONF}; [ ! -e $file ] || grep -q ^remember_owner $file || echo 'remember_owner = 0' >> $file"; };
`,
  "/etc/hosts": "127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n",
  "/etc/default/locale": "LANG=C.UTF-8\n",
  "/etc/environment": "LANG=C.UTF-8\n",
};

const MASKED = [
  // udev itself starts only where a node may write to /sys: on an unprivileged one, where that reaches its own interfaces alone.
  "systemd-udev-settle.service",
  "console-getty.service",
  "getty.target",
  "systemd-logind.service",
  // Half of the memory limit would be /tmp's otherwise, and images are unpacked there.
  "tmp.mount",
  "apt-daily.timer",
  "apt-daily-upgrade.timer",
  "dpkg-db-backup.timer",
  "e2scrub_all.timer",
  "e2scrub_reap.service",
  "fstrim.timer",
  "man-db.timer",
];

const FINISH = `
rm -f "$1"/etc/ssh/ssh_host_* "$1"/etc/hostname "$1"/etc/resolv.conf "$1"/var/lib/dbus/machine-id
mkdir -p "$1"/root/.ssh "$1"/var/log/journal "$1"/var/lib/scratchstack/guest
chmod 0700 "$1"/root/.ssh
# Empty, not absent: every node gets an id of its own, without systemd's first-boot questions and presets.
: > "$1"/etc/machine-id
chroot "$1" systemctl --quiet enable systemd-networkd.service
echo 'debconf debconf/frontend select Noninteractive' | chroot "$1" debconf-set-selections
`.trim();

/** apt's configuration while packages are installed in the image; no command line holds the proxy, which may have a password. */
const BUILDING = '"$1"/etc/apt/apt.conf.d/zz-scratchstack-building';
const USE_PROXY = `: "\${http_proxy=}" "\${https_proxy=}"
(umask 077; printf 'Acquire::http::Proxy "%s";\\nAcquire::https::Proxy "%s";\\n' "$http_proxy" "$https_proxy" > ${BUILDING})`;
const FORGET_PROXY = `rm -f ${BUILDING}`;

/** The image of every local node. @param proxied see `Recipe`. @default false */
export function nodeRecipe(sources: readonly string[], proxy: string | null, proxied = false): Recipe {
  return {
    ...(proxied && { proxied }),
    suite: SUITE,
    sources,
    proxy,
    packages: PACKAGES,
    apt: proxy === null ? APT : [...APT, `Acquire::http::Proxy "${proxy}";`],
    dpkg: DPKG,
    files: FILES,
    executable: ["/usr/sbin/policy-rc.d", DPKG_WITHOUT_FSYNC, PY3COMPILE, COMPILE_NOTED],
    masked: MASKED,
    finish: FINISH,
  };
}

/** The shell that makes a fresh system whose root is `$1` the recipe's image. */
export function customizeScript(recipe: Recipe): string {
  const files = Object.entries(recipe.files).map(
    ([path, text]) =>
      `mkdir -p "$1"${quote(path.replace(/\/[^/]*$/, "/"))}\nprintf %s ${quote(text)} > "$1"${quote(path)}\n` +
      `chmod ${recipe.executable.includes(path) ? "0755" : "0644"} "$1"${quote(path)}`,
  );
  const masks = recipe.masked.map((unit) => `ln -sf /dev/null "$1"/etc/systemd/system/${quote(unit)}`);
  const install = recipe.baked === undefined ? [] : [installScript(recipe.baked)];
  const baked = recipe.proxied && install.length > 0 ? [USE_PROXY, ...install, FORGET_PROXY] : install;
  return ["#!/bin/sh", "set -eu", ...files, ...masks, ...baked, recipe.finish, ""].join("\n");
}
