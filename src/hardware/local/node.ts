import { createHash } from "node:crypto";
import { quote } from "../../config/quote.ts";
import type { NodeImage } from "../types.ts";
import { BY, COMPLETE, OWNER, REACH_INCUS, STATE } from "./names.ts";
import type { InstanceSpec } from "./spec.ts";

/** Kernel modules that steps profit from; a container cannot load them itself, and not every machine has them. */
const MODULES = [
  "openvswitch",
  "vxlan",
  "dm_mod",
  "dm_thin_pool",
  "dm_snapshot",
  "iscsi_tcp",
  "br_netfilter",
];

/** Everything that makes a node. */
export interface NodePlan {
  readonly stack: string;
  /** Incus' name of the instance. */
  readonly instance: string;
  readonly image: Pick<NodeImage, "alias" | "script">;
  readonly spec: InstanceSpec;
  /** `StateMark.id` of the state that makes it. */
  readonly state: string;
  /** Path → text, put in before the first boot. */
  readonly files: Readonly<Record<string, string>>;
  /** Where SSH must answer with the node's own key. */
  readonly address: string;
  /** The node's public host key, `ssh-ed25519 AAAA…`. */
  readonly hostKey: string;
  /** The public key that may log in as root. */
  readonly loginKey: string;
}

/**
 * Shell that makes a node and waits until SSH answers with the node's own key. It reads the private host key from its
 * standard input. What is complete is kept, only limits and devices follow; what is not complete, or was made of other
 * keys or addresses, is made anew.
 */
export function nodeScript(plan: NodePlan): string {
  const { instance, spec } = plan;
  const { born, config, devices } = spec;
  return `set -eu
name=${quote(instance)} stack=${quote(plan.stack)} state=${plan.state} complete=${identity(plan)}
key=$(cat)
spec=${quote(JSON.stringify({ config, devices }))}
${push}
${remove}
${directories(spec)}
if [ "$(incus config get "$name" ${COMPLETE} 2> /dev/null || true)" = "$complete" ]; then
  patiently incus query --wait -X PATCH -d "$spec" "/1.0/instances/$name"
else
  remove
# Somebody may have removed the image since it was made for this lab.
(
${plan.image.script}
)
  echo "making $name from ${plan.image.alias}"
  printf %s ${quote(JSON.stringify({ config: { ...born, ...config }, devices }))} | incus init --quiet ${quote(plan.image.alias)} "$name" --no-profiles
${files({ ...plan.files, "/root/.ssh/authorized_keys": `${plan.loginKey}\n` })}
  printf '%s\\n' "$key" | push 0600 /etc/ssh/ssh_host_ed25519_key
  incus config set "$name" ${COMPLETE}="$complete" linux.kernel_modules="$(modules)"
fi
${start}
${wait(plan.address, plan.hostKey)}
`;
}

/** Shell that does nothing where a complete node exists. */
export function unlessThere(instance: string, script: string): string {
  return `if [ -n "$(incus config get ${quote(instance)} ${COMPLETE} 2> /dev/null || true)" ]; then
  echo ${quote(`${instance} is there and needs no image`)}
  exit 0
fi
${script}`;
}

/** Shell that takes a node away, whatever state it is in. */
export function nodeRemoval(stack: string, instance: string, state: string): string {
  return `set -eu
name=${quote(instance)} stack=${quote(stack)} state=${state}
${remove}
remove
`;
}

/** Names what an instance was born with. The image is not part of it: a newer one is no reason to lose a lab. */
function identity(plan: NodePlan): string {
  const born = [
    plan.files,
    plan.hostKey,
    plan.loginKey,
    plan.spec.devices.root,
    plan.spec.devices.cache ?? null,
  ];
  return createHash("sha256").update(JSON.stringify(born)).digest("hex").slice(0, 16);
}

function files(all: Readonly<Record<string, string>>): string {
  return Object.entries(all)
    .map(([path, text]) => `  printf %s ${quote(text)} | push 0644 ${quote(path)}`)
    .join("\n");
}

/** The folders that Incus mounts into the node, which reads them as another user; one is made ahead of its files, which may come later. */
function directories(spec: InstanceSpec): string {
  const sources = Object.values(spec.devices).flatMap(({ source }) => (source === undefined ? [] : [source]));
  return sources.map((source) => `mkdir -p ${quote(source)}\nchmod 0755 ${quote(source)}`).join("\n");
}

const push = `push() { incus file push --quiet --uid 0 --gid 0 --mode "$1" - "$name$2"; }
modules() {
  for module in ${MODULES.join(" ")}; do
    if modprobe -nq "$module" 2> /dev/null; then printf '%s%s' "\${comma:-}" "$module"; comma=,; fi
  done
}`;

/** An instance that is busy is one whose maker was killed: Incus finishes what it was told by itself. */
export const patiently = `patiently() {
  for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    said=$("$@" 2>&1) && return 0
    case $said in *"is busy"*) sleep 1 ;; *) break ;; esac
  done
  printf '%s\\n' "$said" >&2
  return 1
}`;

const remove = `${patiently}
remove() {
  ${REACH_INCUS}
  owner=$(incus config get "$name" ${OWNER} 2> /dev/null) || return 0
  if [ "$owner" != "$stack" ]; then
    echo "incus instance $name was not made by stack $stack; remove it or rename the stack" >&2
    exit 1
  fi
  if [ "$(incus config get "$name" ${STATE})" != "$state" ]; then
    by=$(incus config get "$name" ${BY})
    echo "incus instance $name was not made by this state, but by another one of stack $stack (\${by:-not known}): see \`lab preview\`" >&2
    exit 1
  fi
  patiently incus delete --force "$name"
  echo "removed $name"
}`;

const start = `running() { [ "$(incus list "^$name\\$" --format csv --columns s)" = RUNNING ]; }
running || patiently incus start "$name" || running || { incus info --show-log "$name" | tail -n 20 >&2; exit 1; }`;

function wait(address: string, hostKey: string): string {
  return `try=0
until seen=$(ssh-keyscan -T 2 -t ed25519 ${quote(address)} 2> /dev/null | cut -d' ' -f2-) && [ -n "$seen" ]; do
  try=$((try + 1))
  if [ "$try" -ge 150 ]; then
    echo "$name runs, but SSH does not answer on ${address}; does a firewall on this machine block its bridge?" >&2
    exit 1
  fi
  sleep 0.2
done
if [ "$seen" != ${quote(hostKey)} ]; then
  echo "${address} answers with another machine's SSH key; is the address in use elsewhere?" >&2
  exit 1
fi
echo "$name answers on ${address}"`;
}
