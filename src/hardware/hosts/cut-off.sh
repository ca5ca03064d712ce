was() { grep -qxF "$1" $before/entries; }
if [ -d @@ORIGINAL@@ ]; then
  find @@ORIGINAL@@ -type f | while read -r kept; do
    path=${kept#@@ORIGINAL@@}
    path=${path%.absent}
    case $kept in *.new) continue ;; esac
    rm -f "$path@@UNFINISHED@@"
    if was "$path"; then mv -f "$kept" "$path"; else rm -f "$path"; fi
    echo "$path is as it was: the step that wrote it was cut off"
  done
fi
