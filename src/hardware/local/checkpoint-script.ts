import { quote } from "../../config/quote.ts";
import { BY, instanceName, OWNER, REACH_INCUS, STATE } from "./names.ts";
import { patiently } from "./node.ts";

/**
 * Shell that takes snapshots of nodes as if the power of all were cut at one moment. All stand still while it is done, so that no
 * snapshot holds an answer to what another has not asked yet, nor a file's later half without its earlier one: a
 * snapshot has all that was written, also what the kernel still keeps in memory. What does not run is taken as it is.
 * They go on whatever happens, also where this is ended.
 * @param id of the snapshots
 */
export function takeScript(stack: string, nodes: readonly string[], id: string): string {
  return `set -eu
${REACH_INCUS}
id=${quote(id)} nodes=${list(stack, nodes)}
running=$(incus list --format csv --columns ns | awk -F, '$2 == "RUNNING" { print $1 }')
still=
for node in $nodes; do
  case "
$running
" in *"
$node
"*) still="$still $node" ;; esac
done
${freezer}
# What is in memory is written meanwhile, so that there is little left to write while all stand still.
sync
trap 'thaw' EXIT
trap 'exit 143' TERM INT HUP
freeze
making=
for node in $nodes; do
  timeout 60 incus snapshot create "$node" "$id" & making="$making $!"
done
code=0
for one in $making; do wait "$one" || code=$?; done
thaw
trap - EXIT
exit "$code"
`;
}

/**
 * Shell that puts nodes back to their snapshots, all together, and starts them; nodes of the stack that had none are removed. Done
 * again, it does the same again.
 */
export function restoreScript(stack: string, nodes: readonly string[], id: string): string {
  return `set -eu
${REACH_INCUS}
id=${quote(id)} stack=${quote(stack)} nodes=${list(stack, nodes)}
${patiently}
for node in $nodes; do
  incus snapshot show "$node" "$id" > /dev/null || { echo "$node has no snapshot $id" >&2; exit 1; }
done
all() {
  pids=
  for node in $2; do "$1" "$node" & pids="$pids $!"; done
  for pid in $pids; do wait "$pid" || return 1; done
}
stop() { patiently incus stop --force "$1" || [ "$(state "$1")" = STOPPED ]; }
state() { incus list "^$1\\$" --format csv --columns s; }
# A snapshot from before the node had its owner mark would take the mark away.
back() {
  by=$(incus config get "$1" ${BY})
  patiently incus snapshot restore "$1" "$id" && incus config set "$1" ${STATE}="$state" ${BY}="$by"
}
begin() { patiently incus start "$1" || [ "$(state "$1")" = RUNNING ]; }
stray() { patiently incus delete --force "$1" && echo "removed $1"; }
state=$(incus config get ${instanceOf(stack, nodes)} ${STATE})
own=$(incus list ${OWNER}="$stack" ${STATE}="$state" --format csv --columns n)
strays=
for node in $own; do
  case " $nodes " in *" $node "*) ;; *) strays="$strays $node" ;; esac
done
all stop "$nodes"
all stray "$strays"
all back "$nodes"
all begin "$nodes"
`;
}

/** Shell that removes snapshots of a stack's nodes. */
export function removalScript(stack: string, ids: readonly string[]): string {
  return `set -eu
${REACH_INCUS}
stack=${quote(stack)}
for node in $(incus list ${OWNER}="$stack" --format csv --columns n); do
  there=$(incus snapshot list "$node" --format csv --columns n)
  for id in ${ids.map(quote).join(" ")}; do
    ! printf '%s\\n' "$there" | grep -qxF "$id" || incus snapshot delete "$node" "$id"
  done
done
`;
}

/** Any of the nodes: all have the owner mark of the same state. */
const instanceOf = (stack: string, [node = ""]: readonly string[]): string =>
  quote(instanceName(stack, node));

const list = (stack: string, nodes: readonly string[]): string =>
  quote(nodes.map((node) => instanceName(stack, node)).join(" "));

/**
 * `freeze` and `thaw` for all of \`$still\`. By the kernel's own switch where we may turn it, which takes no time; Incus waits a whole
 * second for the same under cgroup v1.
 */
const freezer = `switch() {
  for file in "/sys/fs/cgroup/lxc.payload.$1/cgroup.freeze" "/sys/fs/cgroup/freezer/lxc.payload.$1/freezer.state"; do
    if [ -w "$file" ]; then echo "$file"; return 0; fi
  done
}
frozen() {
  case $1 in
    */cgroup.freeze) grep -qx 'frozen 1' "\${1%cgroup.freeze}cgroup.events" ;;
    *) [ "$(cat "$1")" = FROZEN ] ;;
  esac
}
freeze() {
  for node in $still; do
    file=$(switch "$node")
    case $file in
      */cgroup.freeze) echo 1 > "$file" ;;
      */freezer.state) echo FROZEN > "$file" ;;
      *) incus pause "$node" ;;
    esac
  done
  for node in $still; do
    file=$(switch "$node")
    [ -n "$file" ] || continue
    try=0
    until frozen "$file"; do
      try=$((try + 1))
      [ "$try" -lt 300 ] || { echo "$node does not stand still" >&2; exit 1; }
      sleep 0.01
    done
  done
}
thaw() {
  for node in $still; do
    file=$(switch "$node")
    case $file in
      */cgroup.freeze) echo 0 > "$file" || true ;;
      */freezer.state) echo THAWED > "$file" || true ;;
      *) incus resume "$node" || true ;;
    esac
  done
}`;
