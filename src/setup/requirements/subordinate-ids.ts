import { readFile } from "node:fs/promises";
import { workAsRoot } from "../exec.ts";
import { isUp } from "../incus/daemon.ts";
import { hasSystemd } from "../machine/daemon.ts";
import { lineForRoot, NODES, nodesWithIds } from "../machine/subordinate-ids.ts";
import type { Requirement, Say } from "../types.ts";

const FILES = ["/etc/subuid", "/etc/subgid"] as const;

const BY_HAND = `give root one range of at least ${(NODES + 1) * 65_536} ids, the same in ${FILES.join(" and ")} and apart from everybody else's, then restart Incus`;

interface Lack {
  readonly file: string;
  readonly nodes: number;
  /** What set-up adds; undefined where only a person can change what is there. */
  readonly line: string | undefined;
}

/** By file: for how many nodes root has ids. */
async function look(): Promise<Lack[]> {
  const [uids = "", gids = ""] = await Promise.all(
    FILES.map((file) => readFile(file, "utf8").catch(() => "")),
  );
  const pairs = [
    [uids, gids],
    [gids, uids],
  ] as const;
  return FILES.map((file, index) => {
    const [text, other] = pairs[index] ?? ["", ""];
    return { file, nodes: nodesWithIds(text), line: lineForRoot(text, other) };
  });
}

const lacks = async (): Promise<Lack[]> => (await look()).filter(({ nodes }) => nodes < NODES);

/** Adds what is missing; lines that are there stay. Incus reads the files when it starts, and its containers keep running. */
async function provide(say: Say): Promise<void> {
  const addable = (await lacks()).flatMap(({ file, line }) => (line === undefined ? [] : [{ file, line }]));
  for (const { file, line } of addable) {
    const script = '[ ! -s "$1" ] || [ -z "$(tail -c 1 "$1")" ] || echo >> "$1"; echo "$2" >> "$1"';
    await workAsRoot("sh", ["-c", script, "sh", file, line], { doing: `adding ${line} to ${file}`, say });
  }
  if (addable.length === 0 || !(await isUp())) return;
  if (await hasSystemd()) {
    const doing = "restarting Incus, which reads them when it starts";
    await workAsRoot("systemctl", ["restart", "incus.service"], { doing, say });
  } else {
    say("  Incus reads them when it starts: end its daemon, and run this again");
  }
}

export const subordinateIds: Requirement = {
  id: "subordinate-ids",
  title: "user ids for nodes",
  neededBy: "nodes, on which root is nobody on this machine",
  async probe() {
    const missing = await lacks();
    if (missing.length === 0) return { found: "enough", state: "ok" };
    const nodes = Math.min(...missing.map((one) => one.nodes));
    return {
      found: `${missing.map(({ file }) => file).join(" and ")} give root enough for ${nodes} of ${NODES} nodes`,
      state: nodes === 0 ? "missing" : "warn",
      ...(missing.some(({ line }) => line === undefined) ? { fix: BY_HAND } : {}),
    };
  },
  fix: { text: "scripts/setup", run: provide },
};
