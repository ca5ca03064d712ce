import { cache } from "../../src/config/paths.ts";
import { quote } from "../../src/config/quote.ts";
import { shortHash } from "../../src/hardware/hash.ts";
import { packageSources, SUITE } from "../../src/hardware/sources.ts";
import { runLocal } from "../../src/transport/local.ts";

/** A kernel, its initial RAM disk and a root file system, for a cloud that boots them directly (`kernel_id`, `ramdisk_id`). */
export interface CloudImage {
  readonly kernel: string;
  readonly ramdisk: string;
  readonly disk: string;
}

/** What the kernel is told: where its root is, where its console is, and not to wait for devices that servers lack. */
export const COMMAND_LINE =
  "root=/dev/vda rw console=ttyS0 quiet systemd.show_status=1 mitigations=off tsc=unstable";

const PACKAGES = [
  "systemd",
  "systemd-sysv",
  "systemd-timesyncd",
  "udev",
  "dbus",
  "kmod",
  "linux-image-cloud-amd64",
  "initramfs-tools",
  "openssh-server",
  "sudo",
  "iproute2",
  "iputils-ping",
  "procps",
  "curl",
  "jq",
  "ca-certificates",
  "netbase",
  "python3-minimal",
];

/** Units that cost seconds under emulation and do nothing for a test. */
const MASKED = [
  "systemd-networkd-wait-online.service",
  "systemd-timesyncd.service",
  "apt-daily.timer",
  "apt-daily-upgrade.timer",
  "dpkg-db-backup.timer",
  "e2scrub_all.timer",
  "e2scrub_reap.service",
  "fstrim.timer",
  "man-db.timer",
  "getty.target",
  "systemd-binfmt.service",
  "systemd-pstore.service",
  "systemd-hwdb-update.service",
  "systemd-journal-catalog-update.service",
  "ldconfig.service",
];

const FIRST_BOOT = `#!/bin/sh
# Does what cloud-init would do of the user data that scratchstack writes: JSON behind a first line of #cloud-config.
set -eu
done=/var/lib/scratchstack/first-boot
[ ! -e "$done" ] || exit 0
fetch() {
  drive=$(blkid -L config-2 || true)
  if [ -n "$drive" ]; then
    mkdir -p /run/config-2
    mountpoint -q /run/config-2 || mount -o ro "$drive" /run/config-2
    cat /run/config-2/openstack/latest/user_data
  else
    curl -sf --max-time 5 http://169.254.169.254/openstack/latest/user_data
  fi
}
until fetch > /run/user-data; do sleep 0.5; done
sed -i 1d /run/user-data
get() { jq -r "$1" /run/user-data; }
get .hostname > /etc/hostname
hostname "$(cat /etc/hostname)"
umask 077
get .ssh_keys.ed25519_private > /etc/ssh/ssh_host_ed25519_key
umask 022
get .ssh_keys.ed25519_public > /etc/ssh/ssh_host_ed25519_key.pub
install -d -o debian -g debian -m 0700 /home/debian/.ssh
get '.ssh_authorized_keys[]' > /home/debian/.ssh/authorized_keys
for index in $(jq -r '.write_files | keys[]' /run/user-data); do
  path=$(get ".write_files[$index].path")
  mkdir -p "$(dirname "$path")"
  jq -j ".write_files[$index].content" /run/user-data > "$path"
done
systemctl enable --now ssh.service
get '.runcmd[]' > /run/commands
while read -r command; do sh -c "$command" < /dev/null || true; done < /run/commands
mkdir -p "$(dirname "$done")"
touch "$done"
rm -f /run/user-data
echo "scratchstack first boot of $(hostname) done $(cut -d' ' -f1 /proc/uptime) s after the kernel began" > /dev/ttyS0
`;

const FILES: Readonly<Record<string, string>> = {
  "/usr/local/sbin/first-boot": FIRST_BOOT,
  "/etc/systemd/system/first-boot.service": `[Unit]
Description=User data of the cloud
After=systemd-networkd.service
Wants=systemd-networkd.service

[Service]
Type=oneshot
ExecStart=/usr/local/sbin/first-boot
StandardOutput=journal+console
StandardError=journal+console

[Install]
WantedBy=multi-user.target
`,
  "/etc/systemd/network/99-any.network":
    "[Match]\nType=ether\n\n[Network]\nDHCP=ipv4\nLinkLocalAddressing=no\nIPv6AcceptRA=no\n",
  "/etc/sudoers.d/debian": "debian ALL=(ALL) NOPASSWD: ALL\n",
  "/etc/fstab": "/dev/vda / ext4 defaults,noatime 0 1\n",
  "/etc/hosts": "127.0.0.1 localhost\n",
  "/etc/initramfs-tools/conf.d/scratchstack": "MODULES=list\nCOMPRESS=lz4\nCOMPRESSLEVEL=1\n",
  "/etc/initramfs-tools/modules": "virtio_pci\nvirtio_blk\nvirtio_net\next4\n",
};

const FINISH = `
chroot "$1" useradd --create-home --shell /bin/bash debian
chroot "$1" systemctl --quiet enable systemd-networkd.service first-boot.service
chroot "$1" systemctl --quiet disable ssh.service ssh.socket 2> /dev/null || true
chroot "$1" update-initramfs -u -k all
rm -f "$1"/etc/ssh/ssh_host_* "$1"/etc/hostname
: > "$1"/etc/machine-id
`.trim();

/** The shell that makes the image's root, `$1`, ours. */
function customize(): string {
  const files = Object.entries(FILES).map(
    ([path, text]) =>
      `mkdir -p "$1"${quote(path.replace(/\/[^/]*$/, "/"))}\nprintf %s ${quote(text)} > "$1"${quote(path)}`,
  );
  const masks = MASKED.map((unit) => `ln -sf /dev/null "$1"/etc/systemd/system/${quote(unit)}`);
  return [
    "#!/bin/sh",
    "set -eu",
    ...files,
    'chmod 0755 "$1"/usr/local/sbin/first-boot',
    'chmod 0440 "$1"/etc/sudoers.d/debian',
    ...masks,
    FINISH,
    "",
  ].join("\n");
}

function build(sources: readonly string[]): string {
  return `work=$directory.partial
rm -rf "$work"
mkdir -p "$work/tools"
# This machine may have neither tool, and need not.
mmdebstrap --quiet --variant=extract --format=tar --aptopt='APT::Install-Recommends "false";' \\
  --include=qemu-utils,e2fsprogs ${SUITE} "$work/tools.tar" ${sources.map(quote).join(" ")} < /dev/null
tar -C "$work/tools" --no-same-owner --exclude=./dev --exclude=./usr/share -xf "$work/tools.tar"
rm -f "$work/tools.tar"
tool() {
  program=$work/tools/usr/$1
  shift
  "$work/tools/usr/lib64/ld-linux-x86-64.so.2" --library-path "$work/tools/usr/lib/x86_64-linux-gnu" "$program" "$@"
}
printf %s ${quote(customize())} > "$work/customize"
chmod 0755 "$work/customize"
mmdebstrap --quiet --variant=minbase --format=directory --include=${quote(PACKAGES.join(","))} \\
  --aptopt='APT::Install-Recommends "false";' --dpkgopt='path-exclude=/usr/share/man/*' \\
  --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt=force-unsafe-io \\
  --customize-hook="$work/customize" ${SUITE} "$work/root" ${sources.map(quote).join(" ")} < /dev/null
cp "$work"/root/boot/vmlinuz-* "$work/vmlinuz"
cp "$work"/root/boot/initrd.img-* "$work/initrd"
rm -rf "$work"/root/boot/* "$work"/root/var/cache/apt/archives/*.deb "$work"/root/var/lib/apt/lists/*
truncate -s 3G "$work/disk.raw"
tool sbin/mke2fs -q -F -t ext4 -d "$work/root" "$work/disk.raw"
tool bin/qemu-img convert -c -O qcow2 "$work/disk.raw" "$work/disk.qcow2"
rm -rf "$work/root" "$work/tools" "$work/disk.raw" "$work/customize"
mv "$work" "$directory"`;
}

/**
 * A small Debian 13 for servers of an emulated cloud, made once and kept in the cache.
 * @throws Error with what the making said last
 */
export async function cloudImage(): Promise<CloudImage> {
  const script = build(packageSources(null));
  const directory = `${cache()}/cloud-image/${shortHash(script)}`;
  const command = `set -eu
directory=${quote(directory)}
mkdir -p "$(dirname "$directory")"
exec 9> "$directory.lock"
flock 9
[ ! -e "$directory" ] || exit 0
${script}
`;
  const { code, stderr } = await runLocal({ command });
  if (code !== 0) throw new Error(`the image for the test cloud could not be made: ${stderr.slice(-2_000)}`);
  return { kernel: `${directory}/vmlinuz`, ramdisk: `${directory}/initrd`, disk: `${directory}/disk.qcow2` };
}
