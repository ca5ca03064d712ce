import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { EnginePin } from "../../config/engine.ts";
import { work } from "../exec.ts";
import type { Say } from "../types.ts";

const OFFICIAL = "https://get.pulumi.com/releases/sdk";

/** Why the official engine could not be downloaded. Set-up then builds it. */
export class DownloadError extends Error {
  constructor(
    readonly reason: "no checksum" | "not reached" | "wrong checksum" | "not an engine",
    message: string,
  ) {
    super(message);
    this.name = "DownloadError";
  }
}

/** Address of the official archive. @param base folder of the archives, for a mirror or a test */
export function archiveUrl(version: string, architecture: string, base = OFFICIAL): string {
  return `${base.replace(/\/$/, "")}/pulumi-v${version}-linux-${architecture}.tar.gz`;
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

export interface DownloadOptions {
  readonly pin: Pick<EnginePin, "version" | "sha256">;
  /** Folder that will hold `bin/`; it appears whole or not at all. */
  readonly target: string;
  /** @default process.arch */
  readonly architecture?: string;
  /** @default `$SCRATCHSTACK_ENGINE_URL`, else the official address */
  readonly base?: string;
  /** Seconds for the whole archive. @default 600 */
  readonly limit?: number;
  readonly say: Say;
}

/**
 * Downloads the official engine with its language hosts, and verifies the pinned checksum before it unpacks the archive.
 * @throws DownloadError
 */
export async function downloadEngine(options: DownloadOptions): Promise<void> {
  const { pin, target, architecture = process.arch, limit = 600, say } = options;
  const url = archiveUrl(pin.version, architecture, options.base ?? process.env.SCRATCHSTACK_ENGINE_URL);
  const expected = pin.sha256[architecture];
  if (expected === undefined) {
    throw new DownloadError(
      "no checksum",
      `no checksum is pinned for ${architecture}: ${url} is not downloaded`,
    );
  }
  await mkdir(dirname(target), { recursive: true });
  const draft = await mkdtemp(`${target}.download-`);
  try {
    const archive = join(draft, "pulumi.tar.gz");
    await fetchArchive(url, archive, limit, say);
    const found = await sha256Of(archive);
    if (found !== expected) {
      throw new DownloadError("wrong checksum", `${url} has sha256 ${found}, expected ${expected}: deleted`);
    }
    await unpack(archive, draft, say);
    await rm(target, { recursive: true, force: true });
    await rename(join(draft, "engine"), target);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Uses curl, which knows the user's proxies and certificates. Ends a transfer that stalls for 20 s. */
async function fetchArchive(url: string, file: string, limit: number, say: Say): Promise<void> {
  const stall = ["--speed-limit", "1000", "--speed-time", "20"];
  const limits = ["--connect-timeout", "10", "--max-time", String(limit), ...stall];
  const doing = "downloading the engine";
  try {
    await work("curl", ["--fail", "--silent", "--show-error", "--location", ...limits, "-o", file, url], {
      doing,
      say,
    });
  } catch (error) {
    const last = error instanceof Error ? error.message.split("\n").at(-1) : String(error);
    throw new DownloadError("not reached", `${url}: ${last}`);
  }
}

async function unpack(archive: string, draft: string, say: Say): Promise<void> {
  const bin = join(draft, "engine/bin");
  await mkdir(bin, { recursive: true });
  const args = ["-xzf", archive, "-C", bin, "--strip-components=1", "--no-same-owner"];
  try {
    await work("tar", args, { doing: "unpacking the engine", say });
  } catch (error) {
    throw new DownloadError("not an engine", error instanceof Error ? error.message : String(error));
  }
}
