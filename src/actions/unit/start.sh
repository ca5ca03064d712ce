mkdir -p @@STATE@@/units
@@TOUCHED@@
life() { @@LIFE@@; }
current() {
  systemctl is-active --quiet "$1" && [ -e "@@STATE@@/units/$1" ] || return 1
  hash= known=
  read -r hash known <"@@STATE@@/units/$1" || true
  [ "$hash" = @@CONFIGURATION@@ ] || return 1
  [ -n "$known" ] && [ "$known" != "$(life "$1")" ] || return 0
  since=$(systemctl show --timestamp=unix --property=InactiveExitTimestamp --value "$1")
  for file in @@FILES@@; do
    ! touched "$file" "${since#@}" || return 1
  done
}
begin() {
  rm -f "@@STATE@@/units/$1"
  systemctl reset-failed "$1" 2>/dev/null || true
  echo "starting $1"
  case $1 in
    *.socket)
      # A socket cannot be opened while its service runs.
      systemctl is-active --quiet "$1" || systemctl stop "${1%.socket}.service"
      systemctl start --no-block "$1" ;;
    *) systemctl restart --no-block "$1" ;;
  esac
  started="$started $1"
}
systemctl daemon-reload
started=
for unit in @@UNITS@@; do
  systemctl is-enabled --quiet "$unit" 2>/dev/null || systemctl enable --quiet "$unit"
  if current "$unit"; then echo "$unit runs with this configuration"; else begin "$unit"; fi
done
deadline=$(($(date +%s) + @@TIMEOUT@@))
silent=
seen=$(mktemp)
while :; do
  waiting=
  for unit in @@UNITS@@; do
    systemctl is-active --quiet "$unit" || waiting="$waiting $unit"
  done
  code=1
  if [ -z "$waiting" ]; then
@@READY@@
  fi
  [ "$code" != 0 ] || break
  now=$(date +%s)
  if [ -n "$waiting" ]; then silent=; else silent=${silent:-$now}; fi
  if [ -z "$started" ] && [ -n "$silent" ] && [ "$now" -ge $((silent + @@PATIENCE@@)) ]; then
    echo "no answer after @@PATIENCE@@ s"
    for unit in @@UNITS@@; do begin "$unit"; done
    deadline=$((now + @@TIMEOUT@@))
  fi
  if [ "$now" -ge "$deadline" ]; then
    if [ -n "$waiting" ]; then echo "not running after @@TIMEOUT@@ s:$waiting" >&2; else echo "no answer after @@TIMEOUT@@ s" >&2; fi
    tail -n 3 "$seen" | @@MASK_URLS@@ >&2
    rm -f "$seen"
    for unit in @@UNITS@@; do
      echo "last words of $unit:" >&2
      journalctl --no-pager --quiet --output=cat --lines=20 --unit="$unit" | @@MASK_URLS@@ >&2
      for log in /var/log/*/"${unit%.service}".log; do
        [ ! -e "$log" ] || tail -n 20 "$log" | @@MASK_URLS@@ >&2
      done
    done
    exit 1
  fi
  sleep 0.3
done
rm -f "$seen"
for unit in @@UNITS@@; do
  printf '%s %s\n' @@CONFIGURATION@@ "$(life "$unit")" >"@@STATE@@/units/$unit"
done
echo @@SAY_RUNNING@@
