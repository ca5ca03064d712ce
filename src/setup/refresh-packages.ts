import { removeIndices } from "./package-cache/indices.ts";
import { packagesFolder } from "./package-cache/service.ts";

const count = await removeIndices(packagesFolder(), 0);
process.stdout.write(`${count} package lists removed; they are fetched again when a node asks for them\n`);
