import { join } from "node:path";
import { engineRoot } from "../../engine/environment.ts";
import { run } from "../exec.ts";

/** Compares dotted numbers; ignores a leading `v` and anything after `-` or `+`. */
export function compareVersions(a: string, b: string): number {
  const parts = (version: string): number[] =>
    (version.replace(/^v/, "").split(/[-+]/)[0] ?? "").split(".").map(Number);
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether an engine of this version can be used: at least `oldest`, below `newest`. */
export function isNewEnough(version: string, oldest: string, newest: string): boolean {
  return (
    /^v?\d+\.\d+\.\d+/.test(version) &&
    compareVersions(version, oldest) >= 0 &&
    compareVersions(version, newest) < 0
  );
}

/** The version that a `pulumi` prints, without the `v`; undefined when it does not run. */
export async function engineVersion(program: string): Promise<string | undefined> {
  const { code, stdout } = await run(program, ["version"], { env: { PULUMI_SKIP_UPDATE_CHECK: "true" } });
  return code === 0 ? stdout.trim().replace(/^v/, "") : undefined;
}

/** The version of the engine that commands use; undefined when there is none. */
export async function installedVersion(): Promise<string | undefined> {
  const root = engineRoot();
  return root === undefined ? undefined : engineVersion(join(root, "bin/pulumi"));
}
