waited=0
while :; do
  set +e
  said=$(dpkg --configure -a --force-confdef --force-confold </dev/null 2>&1)
  code=$?
  set -e
  case $code:$said in
    0:*) break ;;
    *lock*) if [ "$waited" -ge 900 ]; then echo "dpkg is still locked after 15 minutes" >&2; exit 1; fi ;;
    *) break ;;
  esac
  [ "$waited" -gt 0 ] || echo "waiting for another installation to finish"
  sleep 1
  waited=$((waited + 1))
done
if [ -n "$(dpkg --audit)" ]; then
  echo "finishing an interrupted installation"
  @@REPAIR@@
fi
