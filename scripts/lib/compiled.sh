# Sourced after environment.sh. Sets RUN to what runs a part of the program: the one of that name in build/lab (see compile.mjs), which is
# made anew where the source is newer. Who may not write into the checkout, and finds none that is new, runs the source as it is.
compiled() {
  local name=$1 source=$2 folder=$ROOT/build/lab
  require_setup
  RUN=(node --enable-source-maps "$folder/$name.mjs")
  if [ -e "$folder/compiled" ] && [ -z "$(newer_than "$folder/compiled")" ]; then return; fi
  if mkdir -p "$folder" 2>/dev/null && [ -w "$folder" ]; then
    node "$ROOT/scripts/lib/compile.mjs"
  else
    RUN=(node --import "file://$ROOT/node_modules/tsx/dist/esm/index.mjs" "$ROOT/$source")
  fi
}

# Folders too: what was taken out of one is newer as well.
newer_than() { find "$ROOT/src" "$ROOT/scripts/lib" "$ROOT/package-lock.json" -newer "$1" -print -quit; }
