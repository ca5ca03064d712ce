import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../src/config/paths.ts";
import { pictures } from "../test/graph/pictures.ts";

const folder = join(ROOT, "docs/topology");
mkdirSync(folder, { recursive: true });
for (const [file, content] of pictures()) writeFileSync(join(folder, file), content);
