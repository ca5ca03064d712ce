import { forgetIndices } from "./package-cache/indices.ts";
import { packagesFolder } from "./package-cache/service.ts";

const count = await forgetIndices(packagesFolder(), 0);
process.stdout.write(`${count} package lists forgotten: they are fetched anew when a node asks for them\n`);
