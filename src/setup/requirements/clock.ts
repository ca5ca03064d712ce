import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../exec.ts";
import type { Finding, Requirement } from "../types.ts";

const LISTS = "/var/lib/apt/lists";
const HOUR = 60 * 60 * 1000;

/** When a package archive signed its index, in milliseconds: the clock cannot be before that. Undefined where the index has no date. */
export function signedAt(release: string): number | undefined {
  const date = /^Date: (.+)$/m.exec(release)?.[1];
  const time = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(time) ? undefined : time;
}

/** @param newest time of the newest signature. @param synchronized what the time service reports, where there is one */
export function clockFinding(
  now: number,
  newest: number | undefined,
  synchronized: boolean | undefined,
): Finding {
  const found = new Date(now).toISOString().slice(0, 16).replace("T", " ");
  if (newest !== undefined && now < newest - HOUR) {
    return { found: `${found}, before the package archive signed its index`, state: "missing" };
  }
  if (synchronized === false) return { found: `${found}, not synchronised`, state: "warn" };
  return { found: `${found} UTC`, state: "ok" };
}

async function newestSignature(): Promise<number | undefined> {
  const names = (await readdir(LISTS).catch(() => [])).filter((name) => name.endsWith("Release"));
  const heads = await Promise.all(names.map((name) => readFile(join(LISTS, name), "utf8").catch(() => "")));
  const times = heads.map(signedAt).filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.max(...times);
}

export const clock: Requirement = {
  id: "clock",
  title: "clock",
  neededBy: "package signatures, tokens of Keystone",
  async probe() {
    const { code, stdout } = await run("timedatectl", ["show", "--property", "NTPSynchronized", "--value"]);
    const synchronized = code === 0 ? stdout.trim() === "yes" : undefined;
    return clockFinding(Date.now(), await newestSignature(), synchronized);
  },
  fix: { text: "sudo apt-get install systemd-timesyncd, or sudo date --set '<the time>'" },
};
