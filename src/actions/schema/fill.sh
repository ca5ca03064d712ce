marker=@@MARKER@@
mkdir -p "$(dirname "$marker")"
exec 9>"$marker.lock"
flock 9
tables=$(@@COUNT@@
)
list() {
@@TABLES@@
}
remember() { list | sort >"$marker.new"; mv "$marker.new" "$marker"; }
if [ -e "$marker" ] && [ "$tables" -gt 0 ]; then
  missing=$(list | sort | comm -13 - "$marker" | paste -sd ' ')
  if [ -n "$missing" ]; then
    echo "missing in the database: $missing. No migration makes a dropped table again." >&2
    echo @@SAY_FIX@@ >&2
    exit 1
  fi
  # By hand, or by an earlier version, the tables were not noted.
  [ -s "$marker" ] || remember
  echo "already there: $tables tables"
else
  rm -f "$marker"
  if [ "$tables" -gt 0 ]; then
    echo "dropping an unfinished schema of $tables tables"
  fi
  @@DROP_AND_CREATE@@
@@FILL@@
  [ "$code" = 0 ] || exit "$code"
  remember
  tables=$(@@COUNT@@
)
  echo "made $tables tables"
fi
exec 9>&-
