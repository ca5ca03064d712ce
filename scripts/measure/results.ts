import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../../src/config/errors.ts";

interface Kept {
  /** When it was measured, ISO 8601. */
  readonly at: string;
  /** The program that was measured. */
  readonly source: string;
  readonly figures: unknown;
}

/**
 * Figures, each in a file of JSON, so that a run can continue after an interruption. `lab002:baked` is in `lab002/baked.json`.
 */
export class Results {
  readonly #folder: string;
  readonly #source: string;

  /** @param source the program that is measured from now on */
  constructor(folder: string, source: string) {
    this.#folder = folder;
    this.#source = source;
  }

  /** @returns undefined where it was not measured yet */
  read<Figures>(id: string): Figures | undefined {
    return this.#kept(id)?.figures as Figures | undefined;
  }

  has(id: string): boolean {
    return existsSync(this.#file(id));
  }

  /** The file appears whole or not at all. */
  write(id: string, figures: unknown, now: Date = new Date()): void {
    const file = this.#file(id);
    mkdirSync(dirname(file), { recursive: true });
    const kept: Kept = { at: now.toISOString(), source: this.#source, figures };
    writeFileSync(`${file}.new`, `${JSON.stringify(kept, undefined, 1)}\n`);
    renameSync(`${file}.new`, file);
  }

  /** Removes a figure, and all below it: `kills` and `kills:1`. */
  remove(id: string): void {
    rmSync(this.#file(id), { force: true });
    rmSync(this.#file(id).replace(/\.json$/, ""), { recursive: true, force: true });
  }

  /**
   * The day of the newest figure, and the programs that were measured.
   * @throws UserError where there are no figures
   */
  origin(): { date: string; source: string } {
    const files = existsSync(this.#folder)
      ? readdirSync(this.#folder, { recursive: true, encoding: "utf8" })
      : [];
    const all = files
      .filter((file) => file.endsWith(".json"))
      .map((file) => JSON.parse(readFileSync(join(this.#folder, file), "utf8")) as Kept)
      .sort((a, b) => a.at.localeCompare(b.at));
    const newest = all.at(-1);
    if (newest === undefined) {
      throw new UserError(`${this.#folder}: found no figures, expected some: run this without --page`, 1);
    }
    return {
      date: newest.at.slice(0, 10),
      source: [...new Set(all.map(({ source }) => source))].join(" and "),
    };
  }

  #file(id: string): string {
    return `${join(this.#folder, ...id.split(":"))}.json`;
  }

  #kept(id: string): Kept | undefined {
    return this.has(id) ? (JSON.parse(readFileSync(this.#file(id), "utf8")) as Kept) : undefined;
  }
}
