import Module, { createRequire } from "node:module";

/**
 * Packages that the engine's library loads and uses only to send functions to other machines, which a lab never does: a compiler and a
 * package manager. They took a third of the start of each command.
 */
const SELDOM = ["typescript", "@npmcli/arborist"];

/** Loads these packages only when something of them is used. Call this before the engine's library is loaded. */
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
          // Every import reads this, before anything of the package is used.
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
