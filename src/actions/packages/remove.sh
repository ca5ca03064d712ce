export DEBIAN_FRONTEND=noninteractive SUDO_FORCE_REMOVE=yes
ours() { while read -r name; do grep -q "^$name " @@BEFORE@@/packages 2>/dev/null || echo "$name"; done; }
state() { dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null || true; }
purge() {
  [ $# -gt 0 ] || return 0
  apt-get @@OPTIONS@@ purge "$@" </dev/null || {
    @@REPAIR@@
    apt-get @@OPTIONS@@ purge "$@" </dev/null
  }
}
@@RECOVER@@
named=
for name in $(printf '%s\n' @@NAMES@@ | ours); do
  case $(state "$name") in
    "" | not-installed) ;;
    config-files) purge "$name" ;;
    *) named="$named $name" ;;
  esac
done
[ -z "$named" ] || apt-mark auto $named >/dev/null
orphans=$(apt-get -q --simulate -o APT::AutoRemove::RecommendsImportant=false -o APT::AutoRemove::SuggestsImportant=false autoremove)
purge $(echo "$orphans" | sed -n 's/^Remv \([^ ]*\) .*/\1/p' | ours)
