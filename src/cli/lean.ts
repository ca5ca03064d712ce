import Module, { createRequire } from "node:module";

/**
 * What the engine's library loads with itself and needs only to send functions to other machines, which a lab never does: a
 * compiler and a package manager. They took a third of each command's start.
 */
const SELDOM = ["typescript", "@npmcli/arborist"];

/** Has them loaded only when something of them is used. To be called before the engine's library is loaded. */
export function lean(): void {
  const here = createRequire(import.meta.url);
  const library = createRequire(here.resolve("@pulumi/pulumi"));
  for (const name of SELDOM) {
    const path = library.resolve(name);
    if (path in library.cache) continue;
    const standIn = Object.assign(new Module(path), { filename: path, loaded: true });
    let real: object | undefined;
    standIn.exports = new Proxy(
      {},
      {
        get: (_, key) => {
          // Asked by whoever imports it, before anything of it is used.
          if (key === "__esModule") return true;
          if (real === undefined) {
            delete library.cache[path];
            real = library(name) as object;
          }
          return Reflect.get(real, key);
        },
      },
    );
    library.cache[path] = standIn;
  }
}
