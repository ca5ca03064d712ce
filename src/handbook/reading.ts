import { pathToFileURL } from "node:url";
import { UserError } from "../config/errors.ts";
import { LAB } from "../config/paths.ts";
import { reading, stateIfReadable } from "../engine/reading.ts";

/** `lab handbook`: the course as pages about this very lab. */
export const handbook = reading({
  name: "handbook",
  summary: "write the handbook of this lab: concepts, every step with its commands, the path of a request",
  options: [
    ["--out <dir>", "write into this folder: empty, new, or with an earlier handbook"],
    ["--share", "leave out every password, so that you can give the folder to others"],
  ],
  read: async ({ stack, options: { out, share = false } }) => {
    if (out === undefined) throw new UserError(`--out: name a folder, e.g. ${LAB} handbook --out handbook`);
    const [{ writeHandbook }, { svg }, { topologyOf }] = await Promise.all([
      import("./index.ts"),
      import("../graph/svg/index.ts"),
      import("../graph/topology.ts"),
    ]);
    const { name, config } = stack;
    const { state, why } = await stateIfReadable(stack);
    const day = new Date().toISOString().slice(0, 10);
    const topology = svg(topologyOf(stack, state.nodes.length > 0 ? state : undefined));
    const source = { stack: name, config, observed: state, share, day, topology };
    const written = await writeHandbook(out, source);
    const { folder, start, pages, secret } = written;
    return {
      lines: [
        `${folder}: ${pages} pages. Open ${pathToFileURL(start)} in a browser; print.html is all of it on one page.`,
      ],
      records: [{ type: "handbook", stack: name, ...written }],
      notes: [
        ...(why === undefined ? [] : [`Written as configured: ${why}`]),
        ...(state.exists
          ? []
          : [`${name} is not built: words in capitals stand for what only a built lab knows.`]),
        ...(secret ? ["It holds this lab's passwords: only you can read it. --share leaves them out."] : []),
      ],
    };
  },
});
