import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";

/** Tests a page: of each `<case>.json` in a folder of cases, made into a page, becomes the `<case>.md` beside it. */
export function testPages<Figures>(folder: string, page: (figures: Figures) => string): void {
  const cases = join(import.meta.dirname, "../cases/scripts", folder);
  const names = readdirSync(cases).filter((file) => file.endsWith(".json"));
  test.each(names.map((file) => basename(file, ".json")))(`${folder}: %s`, (name) => {
    const figures = JSON.parse(readFileSync(join(cases, `${name}.json`), "utf8")) as Figures;
    expect(page(figures)).toBe(readFileSync(join(cases, `${name}.md`), "utf8"));
  });
}
