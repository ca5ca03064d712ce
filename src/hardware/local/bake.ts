import { quote } from "../../config/quote.ts";
import type { Recipe } from "./recipe.ts";

/** Links that the packages made in order to be started at boot: on a node, until its first boot has begun. */
const ENABLED = "/var/lib/scratchstack/enabled.tar";
const FIRST_BOOT = "/usr/local/sbin/scratchstack-first-boot";
const UNIT = "scratchstack-first-boot.service";

/** What a package makes when it is installed, and what must not be the same on two nodes. */
interface Own {
  readonly path: string;
  /** Condition under which a node needs it. */
  readonly where: string;
  /** Shell that writes it anew to `$new`. */
  readonly make: string;
}

/** Neither host keys of SSH nor a machine's id are among them: no image of ours has any. */
const OWN: readonly Own[] = [
  {
    // Whoever has the cookie may give the broker orders: that of one lab is none of the next one's.
    path: "/var/lib/rabbitmq/.erlang.cookie",
    where: "[ -d /var/lib/rabbitmq ]",
    make: 'openssl rand -base64 -out "$new" 42; chown rabbitmq:rabbitmq "$new"; chmod 0400 "$new"',
  },
  {
    // A target of iSCSI tells its clients apart by it.
    path: "/etc/iscsi/initiatorname.iscsi",
    where: "[ -x /usr/sbin/iscsi-iname ]",
    make: 'echo "InitiatorName=$(iscsi-iname -p iqn.1993-08.org.debian:01)" > "$new"',
  },
];

const FILES: Readonly<Record<string, string>> = {
  [FIRST_BOOT]: `#!/bin/sh
set -eu
umask 077
${OWN.map(({ path, where, make }) => `if ${where} && [ ! -e ${path} ]; then new=${path}.new; ${make}; mv "$new" ${path}; fi`).join("\n")}
tar -C / -xf ${ENABLED}
rm ${ENABLED}
`,
  // Before SSH answers, so before any step. What is started at a boot is settled when it begins: links that come later
  // are for the next one.
  [`/etc/systemd/system/${UNIT}`]: `[Unit]
Description=What a node made from a baked image has of its own
DefaultDependencies=no
After=local-fs.target
Before=sysinit.target
ConditionPathExists=${ENABLED}

[Service]
Type=oneshot
ExecStart=${FIRST_BOOT}

[Install]
WantedBy=sysinit.target
`,
};

/**
 * The image with packages installed and nothing of them started, neither now nor at a node's first boot: what a node is
 * like right after it installed them itself.
 * @param packages in any order; without any it is the recipe's own image
 */
export function bakedRecipe(recipe: Recipe, packages: readonly string[]): Recipe {
  if (packages.length === 0) return recipe;
  return {
    ...recipe,
    baked: [...new Set(packages)].sort(),
    files: { ...recipe.files, ...FILES },
    executable: [...recipe.executable, FIRST_BOOT],
  };
}

/**
 * Shell that installs packages in the image whose root is `$1`. They are fetched first and then installed in namespaces
 * of their own: a daemon that starts all the same ends there, and no file learns this machine's name and addresses.
 */
export function installScript(packages: readonly string[]): string {
  const names = packages.map(quote).join(" ");
  return `links() { (cd "$1" && find etc/systemd/system etc/rc?.d -type l ! -lname /dev/null) | sort; }
clean() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@" < /dev/null; }
links "$1" > "$1.before"
echo ${quote(`fetching ${packages.join(" ")}`)}
clean chroot "$1" apt-get -q -y --download-only install ${names}
echo "installing them"
clean unshare --pid --fork --kill-child --mount-proc="$1/proc" --net --uts --ipc sh -eu -c '
  hostname localhost
  ip link set lo up
  root=$1
  shift
  exec chroot "$root" apt-get -q -y --no-download -o Dpkg::Use-Pty=0 install "$@"' sh "$1" ${names}
clean chroot "$1" apt-get clean
echo "holding back what they would start at boot"
links "$1" | comm -13 "$1.before" - > "$1.enabled"
mkdir -p "$1"${ENABLED.replace(/[^/]*$/, "")}
tar -C "$1" --files-from="$1.enabled" -cf "$1"${ENABLED}
(cd "$1" && xargs rm < "$1.enabled")
rm -f "$1.before" "$1.enabled" ${OWN.map(({ path }) => `"$1"${path}`).join(" ")}
clean chroot "$1" systemctl --quiet enable ${UNIT}
echo "packing the image"`;
}
