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

  "/etc/start": `#!/bin/sh
# What every boot needs, network or not.
export PATH=/bin:/sbin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts
mount -t devpts pts /dev/pts
for module in $(cat /lib/modules/order); do insmod "/lib/modules/$module.ko" 2> /dev/null; done
hostname guest
mount -t ext4 /dev/vda /disk 2> /dev/null
ip link set lo up
acpid
true
`,

  "/etc/network": `#!/bin/sh
# With a network card: address by DHCP, then name and login key from the cloud's metadata service. Then says that it is up.
export PATH=/bin:/sbin
[ -e /sys/class/net/eth0 ] || exec /etc/announce
ip link set eth0 up
# After a power cut of the whole cloud servers may be back before their network: ask until somebody answers.
until udhcpc -i eth0 -n -t 10 -T 2 -O mtu -O staticroutes -s /etc/dhcp; do echo "nobody gives an address; asking again"; done
metadata() { wget -q -T 5 -O - "http://169.254.169.254/latest/meta-data/$1" 2> /dev/null; }
for try in $(seq 60); do
  name=$(metadata hostname) && break
  sleep 1
done
[ -n "$name" ] && hostname "\${name%%.*}"
metadata public-keys/0/openssh-key > /root/.ssh/authorized_keys
key=/disk/dropbear_ed25519_host_key
if [ ! -s "$key" ]; then
  grep -q ' /disk ' /proc/mounts || key=/etc/dropbear/dropbear_ed25519_host_key
  dropbearkey -t ed25519 -f "$key" > /dev/null 2>&1
  sync
fi
dropbearkey -y -f "$key" | grep '^ssh-ed25519 ' | cut -d' ' -f1,2 > /etc/dropbear/public
dropbear -r "$key" -s
# A page that no security group lets anybody see, until somebody adds the rule.
mkdir -p /www
echo "This is $(hostname), a server of your cloud." > /www/index.html
httpd -p 80 -h /www
exec /etc/announce
`,

  "/etc/announce": `#!/bin/sh
# On every console: that the guest is up, and, as cloud-init does, the key that its SSH answers with.
addresses=$(ip -o -4 addr show scope global | awk '{ printf "%s%s", sep, $4; sep = ", " }')
read -r uptime rest < /proc/uptime
line="scratchstack guest $(hostname) is up ($uptime s after boot, \${addresses:-no network})"
for console in ttyS0 tty1; do
  [ -c "/dev/$console" ] || continue
  if [ -e /etc/dropbear/public ]; then
    key=$(cat /etc/dropbear/public)
    printf '\\r\\n-----BEGIN SSH HOST KEY KEYS-----\\r\\n%s\\r\\n-----END SSH HOST KEY KEYS-----' "$key" > "/dev/$console"
  fi
  printf '\\r\\n%s\\r\\n' "$line" > "/dev/$console"
done
`,

  "/etc/dhcp": `#!/bin/sh
# Called by udhcpc with what the server said.
case $1 in
  deconfig)
    ip addr flush dev "$interface"
    ip link set "$interface" up
    ;;
  bound | renew)
    ip addr replace "$ip/\${mask:-24}" dev "$interface"
    # Tunnelled networks carry less than 1500 bytes; larger packets would be lost without a word.
    [ -n "$mtu" ] && ip link set "$interface" mtu "$mtu"
    for gateway in $router; do ip route replace default via "$gateway" dev "$interface"; done
    set -- $staticroutes
    while [ $# -ge 2 ]; do
      case $2 in
        0.0.0.0) ip route replace "$1" dev "$interface" ;;
        *) ip route replace "$1" via "$2" dev "$interface" ;;
      esac
      shift 2
    done
    : > /etc/resolv.conf
    for server in $dns; do echo "nameserver $server" >> /etc/resolv.conf; done
    ;;
esac
true
`,

  "/etc/acpi/PWRF/00000080":
    "#!/bin/sh\n# The cloud asks a server to stop by pressing its power button.\npoweroff\n",
  "/etc/passwd": "root:x:0:0:root:/root:/bin/sh\n",
  "/etc/group": "root:x:0:\n",
  "/etc/shells": "/bin/sh\n",
  "/etc/hosts": "127.0.0.1 localhost\n",
};

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
