# Sourced by the scripts. Sets ROOT, HOME_FOLDER and CACHE_FOLDER in the same way as src/config/paths.ts, and puts the Node
# that set-up provided on PATH where there is one.
ROOT=$(cd -P "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
HOME_FOLDER=${SCRATCHSTACK_HOME:-${XDG_DATA_HOME:-$HOME/.local/share}/scratchstack}
CACHE_FOLDER=${SCRATCHSTACK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/scratchstack}
NODE_FOLDER=$CACHE_FOLDER/node/bin
if [ -x "$NODE_FOLDER/node" ]; then PATH=$NODE_FOLDER:$PATH; fi
export PATH PULUMI_SKIP_UPDATE_CHECK=true

# Exits where set-up was never run.
require_setup() {
  if [ -e "$ROOT/node_modules/tsx" ] && command -v node >/dev/null; then return; fi
  echo "This checkout is not set up. Run $ROOT/scripts/setup." >&2
  exit 1
}

# Runs a command in Incus's group. A new member belongs to the group only in new sessions: without this, the first `lab up` would
# need a new login.
with_incus_group() {
  if [ "$(id -u)" = 0 ] || id -nG | grep -qw incus-admin || ! id -nG "$(id -un)" | grep -qw incus-admin; then
    exec "$@"
  fi
  exec sg incus-admin -c "exec $(printf '%q ' "$@")"
}
