#!/bin/sh
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
[ -n "$name" ] && hostname "${name%%.*}"
# Asked until it is answered: without its key nobody gets in. A server that was created without one has none.
for try in $(seq 60); do
  case $(curl -s --max-time 10 -o /tmp/key -w '%{http_code}' http://169.254.169.254/latest/meta-data/public-keys/0/openssh-key) in
    200) cp /tmp/key /root/.ssh/authorized_keys && break ;;
    404) break ;;
  esac
  sleep 1
done
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
