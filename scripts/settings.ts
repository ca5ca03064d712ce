import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../src/config/paths.ts";
import { settingsPage } from "../test/config/settings-page.ts";

writeFileSync(join(ROOT, "docs/settings.md"), settingsPage());
