for unit in @@UNITS@@; do
  if systemctl cat "$unit" >/dev/null 2>&1; then
    ! systemctl is-enabled --quiet "$unit" 2>/dev/null || systemctl disable --quiet "$unit"
    systemctl stop "$unit"
    systemctl reset-failed "$unit" 2>/dev/null || true
  fi
  rm -f "@@STATE@@/units/$unit"
done
echo @@SAY_STOPPED@@
