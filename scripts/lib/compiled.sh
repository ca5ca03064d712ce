# Sourced after environment.sh. Sets RUN to the command that runs an entry point: its bundle in build/lab (see compile.mjs), which is
# made again where the source is newer. Without write access to the checkout and without a current bundle, the source is run with tsx.
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

# Folders too: removing a file makes its folder newer.
newer_than() { find "$ROOT/src" "$ROOT/scripts/lib" "$ROOT/package-lock.json" -newer "$1" -print -quit; }
