import { join } from "node:path";
import { run } from "../exec.ts";
import { aptInstall } from "../machine/apt.ts";
import { addBackports } from "../machine/backports.ts";
import { operatingSystem } from "../machine/debian.ts";
import type { Say } from "../types.ts";
import { compareVersions } from "./version.ts";

/** From this version on, Go fetches the toolchain that a module asks for through the module proxy. */
const FETCHES_TOOLCHAINS = "1.21.0";

export interface Go {
  readonly program: string;
  readonly version: string;
  /** Environment in which it builds a module that needs version `wanted`. */
  readonly env: Readonly<Record<string, string>>;
}

/** Where a Go may lie: on PATH, or where its own archive is unpacked by custom. */
const PLACES = ["go", join("/usr/local/go/bin", "go")];

/** A Go that builds a module which needs version `wanted`; undefined where there is none. */
export async function findGo(wanted: string): Promise<Go | undefined> {
  for (const program of PLACES) {
    const { code, stdout } = await run(program, ["env", "GOVERSION"], {
      env: { GOTOOLCHAIN: "local" },
      cwd: "/",
    });
    const version = stdout.trim().replace(/^go/, "");
    if (code !== 0 || compareVersions(version, FETCHES_TOOLCHAINS) < 0) continue;
    const GOTOOLCHAIN = compareVersions(version, wanted) >= 0 ? "local" : "auto";
    return {
      program,
      version,
      env: { GOTOOLCHAIN, GOFLAGS: "-mod=readonly -buildvcs=false", GOWORK: "off" },
    };
  }
  return undefined;
}

/** Installs Debian's Go. Debian 12's is too old to fetch a toolchain, so the one of backports is installed there. */
export async function installGo(say: Say): Promise<void> {
  const { version } = await operatingSystem();
  if (version !== "12") return aptInstall(["golang-go"], say);
  await addBackports("bookworm", "Go", say);
  await aptInstall(["golang-go", "golang-src"], say, "bookworm-backports");
}
