export DEBIAN_FRONTEND=noninteractive
missing=
for name in @@NAMES@@; do
  state=$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null || true)
  [ "$state" = installed ] || missing="$missing $name"
done
if [ -z "$missing" ]; then
  # Who came as a dependency, or was given up by this step, must not go with those who needed it.
  apt-mark manual @@NAMES@@ >/dev/null
  echo @@SAY_INSTALLED@@
else
  echo "installing:$missing"
@@RECOVER@@
  apt-get @@OPTIONS@@ install @@NAMES@@ </dev/null || {
    echo "trying once more with fresh package lists, and what is broken repaired"
    apt-get @@OPTIONS@@ update </dev/null
    @@REPAIR@@
    apt-get @@OPTIONS@@ install @@NAMES@@ </dev/null
  }
fi
