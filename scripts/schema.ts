import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stackFileSchema } from "../src/config/json-schema.ts";
import { STACKS } from "../src/config/stack-file.ts";
import { KINDS } from "../src/hardware/kinds.ts";

writeFileSync(join(STACKS, "stack.schema.json"), `${JSON.stringify(stackFileSchema(KINDS), null, 2)}\n`);
