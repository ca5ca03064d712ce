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
began=$(date +%s)
notes=$(mktemp -d)
cat >"$notes/ready" @@READY@@
seen=$notes/seen
: >"$seen"
logs() { for log in /var/log/*/"${1%.service}".log; do [ ! -e "$log" ] || cat "$log"; done; }
begin() {
  rm -f "@@STATE@@/units/$1" "$notes/$1.ends"
  systemctl reset-failed "$1" 2>/dev/null || true
  echo "starting $1"
  logs "$1" | wc -c >"$notes/$1.size"
  case $1 in
    *.socket)
      # A socket cannot be opened while its service runs.
      systemctl is-active --quiet "$1" || systemctl stop "${1%.socket}.service"
      systemctl start --no-block "$1" ;;
    *) systemctl restart --no-block "$1" ;;
  esac
  started="$started $1"
}
# The last error that a unit wrote since it was started: into its log or, where it has none, into the journal. Else what systemd says of it.
why() {
  error=$(last_error "$1")
  [ -n "$error" ] || error=$(journalctl --no-pager --quiet --output=cat --since="@$began" --unit="$1" | grep -iE 'fail|timed out' | grep -v 'Failed to start' | tail -n 1)
  echo "${error:-it has written no error}"
}
last_error() {
  skip=0
  [ ! -e "$notes/$1.size" ] || read -r skip <"$notes/$1.size"
  case $1 in *.*) unit_name=$1 ;; *) unit_name=$1.service ;; esac
  {
    journalctl --no-pager --quiet --output=cat --since="@$began" "_SYSTEMD_UNIT=$unit_name" || true
    logs "$1" | tail -c "+$((skip + 1))"
  } 2>/dev/null | sed -E 's/^[0-9-]+ [0-9:.]+ [0-9]+ ([A-Z]+) [^ ]+ (\[[^]]*\] )?/\1 /' |
    grep -iE 'error|critical|fatal|exception|failed|cannot|refused' | grep -vxE '[A-Z]+ *' |
    tail -n 1 | sed -E 's/^(ERROR|CRITICAL) +//' | cut -c -300 | @@MASK_URLS@@
}
give_up() {
  for unit in @@UNITS@@; do
    echo "last words of $unit:" >&2
    journalctl --no-pager --quiet --output=cat --lines=10 --unit="$unit" | @@MASK_URLS@@ >&2
    logs "$unit" | tail -n 10 | @@MASK_URLS@@ >&2
  done
  echo "$1" >&2
  rm -rf "$notes"
  exit 1
}
# Gives up on a unit that has failed for good, or ends with the same error for the third time. What it only cannot reach may still come.
watch() {
  state=" $(systemctl show --property=ActiveState,SubState,NRestarts,Job "$1" | tr '\n' ' ')"
  case $state in
    *" SubState=failed "*) give_up "$1 has failed: $(why "$1")" ;;
    *" Job="[1-9]*) ;;
    *" SubState=dead "*)
      # Its successor may just be starting.
      idle=$((idle + 1))
      [ "$idle" -lt 10 ] || give_up "$1 has ended: $(why "$1")" ;;
  esac
  ends=${state#* NRestarts=}
  ends=${ends%% *}
  case $ends in "" | *[!0-9]*) return 0 ;; esac
  known=$ends same=0
  [ -e "$notes/$1.ends" ] || case " $started " in *" $1 "*) known=0 ;; esac
  [ ! -e "$notes/$1.ends" ] || read -r known same <"$notes/$1.ends"
  if [ "$ends" -gt "$known" ]; then
    line=$(why "$1")
    alike=$(echo "$line" | tr -d '0-9')
    last=
    [ ! -e "$notes/$1.error" ] || read -r last <"$notes/$1.error" || true
    if [ "$alike" = "$last" ]; then same=$((same + 1)); else same=1; fi
    echo "$alike" >"$notes/$1.error"
    if [ "$same" -ge 3 ] && ! echo "$line" | grep -qiE "connect|reach|timed? ?out|unavailable|no route|resol|\b50[234]\b"; then
      give_up "$1 ends again and again, always with: $line"
    fi
  fi
  echo "$ends $same" >"$notes/$1.ends"
}
systemctl daemon-reload
started=
for unit in @@UNITS@@; do
  case $(systemctl is-enabled "$unit" 2>/dev/null || true) in
    masked) systemctl unmask --quiet "$unit" ;;
    masked-runtime) systemctl unmask --quiet --runtime "$unit" ;;
  esac
  systemctl is-enabled --quiet "$unit" 2>/dev/null || systemctl enable --quiet "$unit"
  if current "$unit"; then echo "$unit runs with this configuration"; else begin "$unit"; fi
done
deadline=$(($(date +%s) + @@TIMEOUT@@))
silent=
idle=0
while :; do
  waiting=
  for unit in @@UNITS@@; do
    systemctl is-active --quiet "$unit" || waiting="$waiting $unit"
    watch "$unit"
  done
  code=1
  if [ -z "$waiting" ]; then
    idle=0 code=0
    timeout 30 sh -eu "$notes/ready" </dev/null >"$seen" 2>&1 || code=$?
@@REPORTED@@
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
    for unit in $waiting; do give_up "not running after @@TIMEOUT@@ s:$waiting: $(why "$unit")"; done
    give_up "no answer after @@TIMEOUT@@ s: $(tail -n 1 "$seen" | @@MASK_URLS@@)"
  fi
  sleep 0.3
done
rm -rf "$notes"
for unit in @@UNITS@@; do
  printf '%s %s\n' @@CONFIGURATION@@ "$(life "$unit")" >"@@STATE@@/units/$unit"
done
echo @@SAY_RUNNING@@
