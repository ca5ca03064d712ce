# Sourced by scripts/setup. Provides Node, npm and the packages of this checkout.
NODE_OLDEST=20.19

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# Runs a command that takes long: prints every 5 seconds that it still runs, and its output only where it fails.
patiently() { # what, command…
  local what=$1 log began=$SECONDS pid status
  shift
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.2
    if [ $((SECONDS - began)) -ge 5 ]; then
      began=$SECONDS
      echo "  … $what"
    fi
  done
  status=0
  wait "$pid" || status=$?
  if [ "$status" != 0 ]; then
    echo "$what failed (exit code $status): $*" >&2
    tail -n 20 "$log" >&2
  fi
  rm -f "$log"
  return "$status"
}

apt_install() {
  echo "  apt-get install $*"
  local how=(env DEBIAN_FRONTEND=noninteractive apt-get -qy -o DPkg::Lock::Timeout=300)
  if ! apt-get -qqs install "$@" >/dev/null 2>&1; then
    patiently "reading the package lists" as_root apt-get -q update
  fi
  patiently "installing $*" as_root "${how[@]}" --no-install-recommends install "$@"
}

node_will_do() {
  local version
  version=$(node --version 2>/dev/null) || return 1
  printf '%s\n%s\n' "$NODE_OLDEST" "${version#v}" | sort -CV
}

provide_node() { # Debian's major version
  if node_will_do && command -v npm >/dev/null; then return; fi
  echo "Node: this program needs $NODE_OLDEST or newer, and npm."
  if [ "$1" = 13 ]; then
    apt_install nodejs npm
  else
    # Debian 12's Node is too old to run this program, but its npm can download a newer Node.
    command -v npm >/dev/null || apt_install npm ca-certificates
    echo "  npm's package of Node 20 into $CACHE_FOLDER/node"
    install_cached_node
  fi
  if ! node_will_do; then
    echo "Node $NODE_OLDEST or newer could not be installed; found: $(node --version 2>&1)" >&2
    exit 1
  fi
}

# Appears whole or not at all. With npm, because Debian 12's does not run on the newer Node.
install_cached_node() {
  local draft arch
  case $(uname -m) in aarch64) arch=arm64 ;; *) arch=x64 ;; esac
  mkdir -p "$CACHE_FOLDER"
  draft=$(mktemp -d "$CACHE_FOLDER/node.XXXXXX")
  # The package that the install script of `node` would download.
  patiently "fetching Node 20" npm install --prefix "$draft" --no-save --no-fund --no-audit --ignore-scripts \
    "node-linux-$arch@20" npm@10
  mkdir "$draft/bin"
  ln -s "../node_modules/node-linux-$arch/bin/node" "$draft/bin/node"
  ln -s ../node_modules/.bin/npm "$draft/bin/npm"
  ln -s ../node_modules/.bin/npx "$draft/bin/npx"
  rm -rf "$CACHE_FOLDER/node"
  mv "$draft" "$CACHE_FOLDER/node"
  PATH=$NODE_FOLDER:$PATH
  hash -r
}

# Runs `npm ci` only where the lock file has changed since the last time.
provide_npm_packages() {
  local stamp=$ROOT/node_modules/.scratchstack-lock lock
  lock=$(sha256sum "$ROOT/package-lock.json" | cut -d' ' -f1)
  if [ "$(cat "$stamp" 2>/dev/null)" = "$lock" ]; then return; fi
  echo "npm packages: installing what package-lock.json lists."
  # No install script has to run: set-up provides the engine's plugins.
  (cd "$ROOT" && patiently "npm ci" npm ci --no-fund --no-audit --ignore-scripts)
  echo "$lock" >"$stamp"
}
