import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ENGINE_SOURCE, type EnginePin } from "../../config/engine.ts";
import { UserError } from "../../config/errors.ts";
import { work } from "../exec.ts";
import type { Say } from "../types.ts";
import { findGo, type Go, installGo } from "./go.ts";

/** The variable that holds the version of an engine; official builds set it in the same way. */
const VERSION_SYMBOL = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** A Go that is new enough; installs one where there is none. */
export async function provideGo(wanted: string, say: Say): Promise<Go> {
  const present = await findGo(wanted);
  if (present !== undefined) return present;
  await installGo(say);
  const installed = await findGo(wanted);
  if (installed === undefined) {
    throw new UserError(
      `Go ${wanted} is needed and could not be installed. Put Go ${wanted} or newer on PATH.`,
      1,
    );
  }
  return installed;
}

/** Builds a Go program at low priority, with two processes: more would make a small machine swap. */
export async function goBuild(go: Go, folder: string, what: string, args: string[], say: Say): Promise<void> {
  const build = ["build", "-p", "2", "-trimpath", ...args];
  const doing = `building ${what} from Go modules`;
  await work("nice", ["-n", "10", go.program, ...build], { cwd: folder, env: go.env, doing, say });
}

/** Builds the engine from modules of the Go module proxy; Go verifies each against go.sum. `target/bin/pulumi` appears whole or not at all. */
export async function buildEngine(pin: EnginePin, target: string, say: Say): Promise<void> {
  const go = await provideGo(pin.go, say);
  await mkdir(dirname(target), { recursive: true });
  const draft = await mkdtemp(`${target}.build-`);
  try {
    const flags = `-s -w -X ${VERSION_SYMBOL}=v${pin.version}`;
    const output = join(draft, "pulumi");
    say(`  building the engine ${pin.version} with Go ${go.version}: about 5 minutes, once for this machine`);
    const args = ["-ldflags", flags, "-o", output, "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"];
    await goBuild(go, ENGINE_SOURCE, "the engine", args, say);
    await mkdir(join(target, "bin"), { recursive: true });
    await rename(output, join(target, "bin/pulumi"));
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
