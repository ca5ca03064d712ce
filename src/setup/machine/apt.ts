import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, workAsRoot } from "../exec.ts";
import type { Say } from "../types.ts";

/** A package index of this machine's apt. */
export interface AptSource {
  /** e.g. `http://mirror/debian/` */
  readonly uri: string;
  /** Suite as named in the source, e.g. `bookworm-backports`. */
  readonly suite: string;
  readonly component: string;
  /** Keyring file; empty for apt's trusted keyrings. */
  readonly signedBy: string;
}

const FORMAT = "$(CREATED_BY)|$(REPO_URI)|$(RELEASE)|$(COMPONENT)|$(SIGNED_BY)";

/** Reads the output of `apt-get indextargets --format`. A field that is not set is printed as its placeholder. */
export function parseIndexTargets(text: string): AptSource[] {
  return text
    .split("\n")
    .map((line) => line.split("|"))
    .filter(([kind]) => kind === "Packages")
    .map(([, uri = "", suite = "", component = "", signedBy = ""]) => ({
      uri,
      suite,
      component,
      signedBy: signedBy.startsWith("$(") ? "" : signedBy,
    }));
}

export async function aptSources(): Promise<AptSource[]> {
  const { stdout } = await run("apt-get", ["indextargets", "--format", FORMAT]);
  return parseIndexTargets(stdout);
}

/**
 * The line that adds a release's backports, derived from this machine's source of that release.
 * @returns undefined when backports are configured, or when there is no source to derive it from
 */
export function backportsLine(sources: readonly AptSource[], codename: string): string | undefined {
  if (sources.some(({ suite }) => suite === `${codename}-backports`)) return undefined;
  const base = sources.find(({ suite, component }) => suite === codename && component === "main");
  if (base === undefined) return undefined;
  const options = base.signedBy === "" ? "" : `[signed-by=${base.signedBy}] `;
  return `deb ${options}${base.uri} ${codename}-backports main`;
}

/** Those of the packages that are not installed. */
export async function missingPackages(names: readonly string[]): Promise<string[]> {
  const { stdout } = await run("dpkg-query", ["-W", "-f", `\${Package} \${db:Status-Status}\n`, ...names]);
  const installed = new Set(
    stdout
      .split("\n")
      .filter((line) => line.endsWith(" installed"))
      .map((line) => line.split(" ")[0]),
  );
  return names.filter((name) => !installed.has(name));
}

export async function aptUpdate(say: Say): Promise<void> {
  await workAsRoot("apt-get", ["-q", "update"], { doing: "reading the package lists", say });
}

/** Waits up to 5 minutes for another apt to end. */
const LOCK = ["-o", "DPkg::Lock::Timeout=300"];

/** Installs packages without their recommendations. Updates the package lists only where that is needed. */
export async function aptInstall(names: readonly string[], say: Say, target?: string): Promise<void> {
  const args = ["install", "-qy", "--no-install-recommends", ...LOCK];
  if (target !== undefined) args.push("--target-release", target);
  const known = await run("apt-get", [...args, "--simulate", ...names], { timeout: 60_000 });
  if (known.code !== 0) await aptUpdate(say);
  say(`  apt-get ${args.slice(0, 3).join(" ")} ${names.join(" ")}`);
  await workAsRoot("env", ["DEBIAN_FRONTEND=noninteractive", "apt-get", ...args, ...names], {
    doing: `installing ${names.join(", ")}`,
    say,
  });
}

/** Writes a file that belongs to root. */
export async function writeAsRoot(path: string, text: string, say: Say, mode = "644"): Promise<void> {
  const draft = join(tmpdir(), `scratchstack-${process.pid}-${path.replaceAll("/", "_")}`);
  await writeFile(draft, text, { mode: 0o600 });
  try {
    await workAsRoot("install", ["-D", "-m", mode, draft, path], { doing: `writing ${path}`, say });
  } finally {
    await rm(draft, { force: true });
  }
}

const POLICY = "/usr/sbin/policy-rc.d";
/** The policy that set-up writes. One that a killed set-up left is removed; any other is left alone. */
const POLICY_TEXT =
  "#!/bin/sh\n# scratchstack: a package is being installed without starting its service\nexit 101\n";

/** Installs packages without starting their services. A policy that this machine has is left as it is. */
export async function aptInstallQuietly(names: readonly string[], say: Say, target?: string): Promise<void> {
  const present = await readFile(POLICY, "utf8").catch(() => undefined);
  if (present === undefined) await writeAsRoot(POLICY, POLICY_TEXT, say, "755");
  try {
    await aptInstall(names, say, target);
  } finally {
    if (present === undefined || present === POLICY_TEXT) {
      await workAsRoot("rm", ["-f", POLICY], { doing: `removing ${POLICY}`, say });
    }
  }
}
