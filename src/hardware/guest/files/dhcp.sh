#!/bin/sh
# Called by udhcpc with what the server said.
case $1 in
  deconfig)
    ip addr flush dev "$interface"
    ip link set "$interface" up
    ;;
  bound | renew)
    ip addr replace "$ip/${mask:-24}" dev "$interface"
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
