import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../src/config/paths.ts";
import { breaksPage } from "../test/breaks/index.ts";

writeFileSync(join(ROOT, "docs/breaks.md"), breaksPage());
