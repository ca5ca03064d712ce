marker=@@MARKER@@
mkdir -p "$(dirname "$marker")"
exec 9>"$marker.lock"
flock 9
tables=$(@@COUNT@@
)
if [ -e "$marker" ] && [ "$tables" -gt 0 ]; then
  echo "already there: $tables tables"
else
  rm -f "$marker"
  if [ "$tables" -gt 0 ]; then
    echo "dropping an unfinished schema of $tables tables"
  fi
  @@DROP_AND_CREATE@@
@@FILL@@
  [ "$code" = 0 ] || exit "$code"
  : >"$marker"
  tables=$(@@COUNT@@
)
  echo "made $tables tables"
fi
exec 9>&-
