path=@@PATH@@
kept=@@KEPT@@
rm -f @@NEW@@
if [ -e "$kept" ]; then mkdir -p "$(dirname "$path")"; mv -f "$kept" "$path"; else rm -f "$path" "$kept.absent"; fi
