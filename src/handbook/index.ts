import { join, resolve } from "node:path";
import { material } from "./material.ts";
import { site } from "./site.ts";
import type { Source } from "./types.ts";
import { writeSite } from "./write.ts";

export type { Source } from "./types.ts";

/** A handbook that was written. */
export interface Written {
  readonly folder: string;
  /** The page to open first. */
  readonly start: string;
  readonly pages: number;
  /** It contains passwords. */
  readonly secret: boolean;
}

/**
 * Writes the handbook of a stack into a folder: a site that works from disk, and `print.html`.
 * @throws UserError if the folder contains something else
 */
export async function writeHandbook(out: string, source: Source): Promise<Written> {
  const folder = resolve(out);
  const files = site(source, material());
  const secret = !source.share && Object.keys(source.observed.secrets).length > 0;
  await writeSite(folder, files, secret);
  const pages = [...files.keys()].filter((path) => path.endsWith(".html")).length;
  return { folder, start: join(folder, "index.html"), pages, secret };
}
