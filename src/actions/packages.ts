import type { PackagesAction } from "../curriculum/actions.ts";
import { quote } from "./quote.ts";
import { BEFORE, STATE } from "./shell.ts";
import type { Difference, Kind } from "./types.ts";

/** Never asks, keeps configuration files that were edited, waits for another apt, leaves the fsyncs to the kernel. */
const OPTIONS = [
  "-q",
  "-y",
  "--no-install-recommends",
  "-o Dpkg::Use-Pty=0",
  "-o DPkg::Lock::Timeout=900",
  "-o Dpkg::Options::=--force-confdef",
  "-o Dpkg::Options::=--force-confold",
  "-o Dpkg::Options::=--force-unsafe-io",
  "-o Acquire::Retries=5",
].join(" ");

/** Where packages are fetched to ahead of time, apart from apt's own archive and its lock. */
const AHEAD = "/var/cache/scratchstack/packages";

/** Installs what is missing of packages that are there, for example after a removal that was cut off. */
const REPAIR = `apt-get ${OPTIONS} --fix-broken install </dev/null`;

/** A dpkg that was killed leaves half-configured packages, and perhaps a journal that apt refuses to work with. */
const RECOVER = `
waited=0
while :; do
  set +e
  said=$(dpkg --configure -a --force-confdef --force-confold </dev/null 2>&1)
  code=$?
  set -e
  case $code:$said in
    0:*) break ;;
    *lock*) if [ "$waited" -ge 900 ]; then echo "dpkg is still locked after 15 minutes" >&2; exit 1; fi ;;
    *) break ;;
  esac
  [ "$waited" -gt 0 ] || echo "waiting for another installation to finish"
  sleep 1
  waited=$((waited + 1))
done
if [ -n "$(dpkg --audit)" ]; then
  echo "finishing an interrupted installation"
  ${REPAIR}
fi`.trim();

/** Debian packages. */
export const packages: Kind<PackagesAction> = {
  commands: ({ names }) => [
    "export DEBIAN_FRONTEND=noninteractive",
    `apt-get install --yes --no-install-recommends ${list(names)}`,
  ],

  script: ({ names }) =>
    `
export DEBIAN_FRONTEND=noninteractive
missing=
for name in ${list(names)}; do
  state=$(dpkg-query -W -f '\${db:Status-Status}' "$name" 2>/dev/null || true)
  [ "$state" = installed ] || missing="$missing $name"
done
if [ -z "$missing" ]; then
  # Who came as a dependency, or was given up by this step, must not go with those who needed it.
  apt-mark manual ${list(names)} >/dev/null
  echo ${quote(`already installed: ${names.join(" ")}`)}
else
  echo "installing:$missing"
${RECOVER}
  apt-get ${OPTIONS} install ${list(names)} </dev/null || {
    echo "trying once more with fresh package lists, and what is broken repaired"
    apt-get ${OPTIONS} update </dev/null
    ${REPAIR}
    apt-get ${OPTIONS} install ${list(names)} </dev/null
  }
fi`.trim(),

  // One answer for all actions: each finds its own names in it.
  probe: (actions) =>
    `dpkg-query -W -f '\${binary:Package} \${db:Status-Status} \${Version}\\n' ${list([
      ...new Set(actions.flatMap(({ names }) => names)),
    ])} 2>/dev/null || true`,

  compare: ({ names }, answer) => {
    const states = new Map(
      answer.split("\n").map((line): [string, string] => {
        const [name = "", state = ""] = line.split(" ");
        return [name.split(":")[0] ?? "", state];
      }),
    );
    return names.flatMap((name): Difference[] => {
      const seen = states.get(name) ?? "not installed";
      return seen === "installed" ? [] : [{ what: `package ${name}`, expected: "installed", seen }];
    });
  },

  // What was there before this lab stays, as does what nothing needs but was not brought by it. What another step's package needs
  // stays until that goes: placement-api has the client that Keystone's step names. Where root has no password, sudo
  // refuses to go, although root logs in with a key.
  undo: ({ names }) =>
    `
export DEBIAN_FRONTEND=noninteractive SUDO_FORCE_REMOVE=yes
ours() { while read -r name; do grep -q "^$name " ${BEFORE}/packages 2>/dev/null || echo "$name"; done; }
state() { dpkg-query -W -f '\${db:Status-Status}' "$1" 2>/dev/null || true; }
purge() {
  [ $# -gt 0 ] || return 0
  apt-get ${OPTIONS} purge "$@" </dev/null || {
    ${REPAIR}
    apt-get ${OPTIONS} purge "$@" </dev/null
  }
}
${RECOVER}
named=
for name in $(printf '%s\\n' ${list(names)} | ours); do
  case $(state "$name") in
    "" | not-installed) ;;
    config-files) purge "$name" ;;
    *) named="$named $name" ;;
  esac
done
[ -z "$named" ] || apt-mark auto $named >/dev/null
orphans=$(apt-get -q --simulate -o APT::AutoRemove::RecommendsImportant=false -o APT::AutoRemove::SuggestsImportant=false autoremove)
purge $(echo "$orphans" | sed -n 's/^Remv \\([^ ]*\\) .*/\\1/p' | ours)`.trim(),
};

/**
 * Shell that fetches packages and all they need, for the `packages` steps to come. It takes none of apt's locks and
 * works in a folder of its own, so installations that run meanwhile on the node neither wait nor fail; what is
 * complete is then moved to where apt looks. A killed download goes on where it stopped.
 */
export function downloadScript(names: readonly string[]): string {
  return `
export DEBIAN_FRONTEND=noninteractive
mkdir -p ${AHEAD}/partial ${STATE}
exec 9>${STATE}/download.lock
flock 9
apt-get -q -y --no-install-recommends --download-only -o Debug::NoLocking=1 -o Dir::Cache::archives=${AHEAD} \\
  -o APT::Sandbox::User=root -o Acquire::Retries=5 install ${list(names)} </dev/null
find ${AHEAD} -maxdepth 1 -name '*.deb' -exec mv -f -t /var/cache/apt/archives/ {} +
exec 9>&-`.trim();
}

function list(names: readonly string[]): string {
  return names.map(quote).join(" ");
}
