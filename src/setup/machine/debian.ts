import { readFile } from "node:fs/promises";

/** The releases of Debian that set-up supports, by major version. */
const CODENAMES: Readonly<Record<string, string>> = { "12": "bookworm", "13": "trixie" };

export interface OperatingSystem {
  /** `ID` of os-release, e.g. `debian`. */
  readonly id: string;
  /** Major version, e.g. `13`; empty for a release without one. */
  readonly version: string;
  readonly name: string;
}

/** Reads the text of os-release: lines of `KEY=value`; a value can be in double quotes. */
export function parseOsRelease(text: string): OperatingSystem {
  const values = Object.fromEntries(
    [...text.matchAll(/^(\w+)="?([^"\n]*)"?$/gm)].map(([, key = "", value = ""]) => [key, value]),
  );
  return {
    id: values.ID ?? "",
    version: (values.VERSION_ID ?? "").split(".")[0] ?? "",
    name: values.PRETTY_NAME ?? "unknown",
  };
}

export async function operatingSystem(): Promise<OperatingSystem> {
  return parseOsRelease(await readFile("/etc/os-release", "utf8").catch(() => ""));
}

export function isSupported(system: OperatingSystem): boolean {
  return system.id === "debian" && system.version in CODENAMES;
}
