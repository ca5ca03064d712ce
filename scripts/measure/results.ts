import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

interface Kept {
  /** When it was measured, ISO 8601. */
  readonly at: string;
  readonly figures: unknown;
}

/**
 * Figures that were measured, each a file of JSON: a run that is cut off goes on where it was. `lab002:baked` is in
 * `lab002/baked.json`.
 */
export class Results {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @returns undefined for what was not measured yet */
  read<Figures>(id: string): Figures | undefined {
    return this.#kept(id)?.figures as Figures | undefined;
  }

  has(id: string): boolean {
    return existsSync(this.#file(id));
  }

  /** Whole or not at all. */
  write(id: string, figures: unknown, now: Date = new Date()): void {
    const file = this.#file(id);
    mkdirSync(dirname(file), { recursive: true });
    const kept: Kept = { at: now.toISOString(), figures };
    writeFileSync(`${file}.new`, `${JSON.stringify(kept, undefined, 1)}\n`);
    renameSync(`${file}.new`, file);
  }

  /** Forgets one figure, and all below it: `kills` and `kills:1`. */
  forget(id: string): void {
    rmSync(this.#file(id), { force: true });
    rmSync(this.#file(id).replace(/\.json$/, ""), { recursive: true, force: true });
  }

  /** Day on which the newest figure was measured; empty where there is none. */
  day(): string {
    if (!existsSync(this.#folder)) return "";
    const files = readdirSync(this.#folder, { recursive: true, encoding: "utf8" });
    const times = files
      .filter((file) => file.endsWith(".json"))
      .map((file) => (JSON.parse(readFileSync(join(this.#folder, file), "utf8")) as Kept).at);
    return (times.sort().at(-1) ?? "").slice(0, 10);
  }

  #file(id: string): string {
    return `${join(this.#folder, ...id.split(":"))}.json`;
  }

  #kept(id: string): Kept | undefined {
    return this.has(id) ? (JSON.parse(readFileSync(this.#file(id), "utf8")) as Kept) : undefined;
  }
}
