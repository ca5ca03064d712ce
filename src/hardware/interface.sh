interface() {
  case $1 in *:*:*:*:*:*) ;; *) [ ! -e "/sys/class/net/$1" ] || echo "$1"; return 0 ;; esac
  for rank in 1 2 3; do
    for card in /sys/class/net/*; do
      [ "$(cat "$card/address" 2> /dev/null)" = "$1" ] || continue
      if [ -e "$card/bridge" ] || [ -e "$card/tun_flags" ] || [ -e "$card/bonding_slave" ]; then continue; fi
      if [ ! -e "$card/bonding" ] && ls "$card" | grep -q '^lower_'; then continue; fi
      case $rank in
        1) [ -e "$card/device" ] || [ -e "$card/bonding" ] || continue ;;
        2) [ "$(cat "$card/iflink")" != "$(cat "$card/ifindex")" ] || continue ;;
      esac
      echo "${card##*/}"
      return 0
    done
  done
}
