set -eu
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
@@INTERFACE@@
before=@@BEFORE@@
if [ ! -e $before/complete ]; then
  rm -f @@MARKER@@
  echo "this host is no node"
  exit 0
fi
tunnel=$(interface @@TUNNEL@@)
provider=$(interface @@PROVIDER@@)
(
@@REMOVE@@
)
@@CUT_OFF@@
for unit in @@UNITS@@; do rm -f "@@UNIT_FOLDER@@/$unit.service.d/@@UNIT_FILE@@"; done
rm -f @@PROFILE_FILE@@ @@MANAGEMENT_FILE@@ @@TUNNEL_FILE@@ @@PROVIDER_FILE@@ @@NETWORKD_FILE@@ @@NETWORK_MANAGER_FILE@@
if [ "$(cat $before/networkd)" = "active enabled" ]; then
  networkctl reload
else
  case $(cat $before/networkd) in *enabled) ;; *) systemctl disable --quiet systemd-networkd ;; esac
  case $(cat $before/networkd) in active*) ;; *) systemctl stop systemd-networkd.socket systemd-networkd ;; esac
fi
if systemctl is-active --quiet NetworkManager; then systemctl reload NetworkManager; fi
for card in $tunnel $provider; do
  if ip -o -4 address show dev "$card" | grep -qF @@TUNNEL_PATTERN@@; then ip -4 address flush dev "$card"; fi
  ! grep -qx "$card" $before/down || ip link set "$card" down
done
sed -i @@HOSTS_EXPRESSION@@ /etc/hosts
if [ -e $before/etc-hostname ]; then cp -p $before/etc-hostname /etc/hostname; else rm -f /etc/hostname; fi
hostname "$(cat $before/hostname)"
systemctl daemon-reload
@@LEFTOVERS@@
rm -rf @@STATE@@
echo "was given back"
