path=@@PATH@@
kept=@@KEPT@@
if [ -d "$path" ] && [ ! -L "$path" ]; then echo "$path is a folder, and a file belongs there: move it away" >&2; exit 1; fi
mkdir -p "$(dirname "$path")" "$(dirname "$kept")"
chmod 0700 @@ORIGINAL@@
if [ ! -e "$kept" ] && [ ! -e "$kept.absent" ]; then
  if [ -e "$path" ]; then cp -p "$path" "$kept.new"; mv "$kept.new" "$kept"; else : >"$kept.absent"; fi
fi
new=@@NEW@@
rm -f "$new"
(umask 077; cat >"$new") @@CONTENT@@
chown @@OWNER@@ "$new"
chmod @@MODE@@ "$new"
if cmp -s "$new" "$path" && [ "$(stat -c '%U:%G %a' "$new")" = "$(stat -c '%U:%G %a' "$path")" ]; then
  rm -f "$new"
  echo "unchanged $path"
else
  mv -fT "$new" "$path" || { echo "if \`lsattr $path\` shows an i, it is immutable: chattr -i $path" >&2; exit 1; }
  echo "wrote $path"
fi
