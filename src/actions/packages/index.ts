import { programText } from "../../config/program-text.ts";
import { quote } from "../../config/quote.ts";
import type { PackagesAction } from "../../curriculum/actions.ts";
import { BEFORE, STATE } from "../shell.ts";
import type { ActionKind, Difference } from "../types.ts";

/** apt never asks, keeps configuration files that were edited, waits for another apt, and leaves the fsyncs to the kernel. */
const OPTIONS = [
  "-q",
  "-y",
  "--no-install-recommends",
  "-o Dpkg::Use-Pty=0",
  "-o DPkg::Lock::Timeout=900",
  "-o Dpkg::Options::=--force-confdef",
  "-o Dpkg::Options::=--force-confold",
  "-o Dpkg::Options::=--force-unsafe-io",
  "-o Acquire::Retries=5",
].join(" ");

/** Packages are downloaded early into this folder, apart from apt's own archive and its lock. */
const AHEAD = "/var/cache/scratchstack/packages";

/** Installs what installed packages lack, for example after a removal that was interrupted. */
const REPAIR = `apt-get ${OPTIONS} --fix-broken install </dev/null`;

/** A dpkg that was killed leaves half-configured packages, and perhaps a journal that apt refuses to work with. */
const recover = (): string => programText("actions/packages/recover.sh", { REPAIR });

/** Debian packages. */
export const packagesKind: ActionKind<PackagesAction> = {
  local: true,
  oneAtATime: true,
  configures: true,
  installs: ({ names }) => names,

  commands: ({ names }) => [
    "export DEBIAN_FRONTEND=noninteractive",
    `apt-get install --yes --no-install-recommends ${list(names)}`,
  ],

  script: ({ names }) =>
    programText("actions/packages/install.sh", {
      OPTIONS,
      REPAIR,
      RECOVER: recover(),
      NAMES: list(names),
      SAY_INSTALLED: quote(`already installed: ${names.join(" ")}`),
    }),

  // One answer for all actions: each finds its own names in it.
  probe: (actions) =>
    `dpkg-query -W -f '\${binary:Package} \${db:Status-Status} \${Version}\\n' ${list([
      ...new Set(actions.flatMap(({ names }) => names)),
    ])} 2>/dev/null || true`,

  compare: ({ names }, answer) => {
    const states = new Map(
      answer.split("\n").map((line): [string, string] => {
        const [name = "", state = ""] = line.split(" ");
        return [name.split(":")[0] ?? "", state];
      }),
    );
    return names.flatMap((name): Difference[] => {
      const seen = states.get(name) ?? "not installed";
      return seen === "installed" ? [] : [{ what: `package ${name}`, expected: "installed", seen }];
    });
  },

  // Packages that were there before the lab stay, and so do those that nothing needs but that the lab did not bring. A package that
  // another step's package needs stays until that one goes: placement-api needs the client that Keystone's step names. sudo
  // refuses to be removed when root has no password, although root logs in with a key.
  undo: ({ names }) =>
    programText("actions/packages/remove.sh", {
      BEFORE,
      OPTIONS,
      REPAIR,
      RECOVER: recover(),
      NAMES: list(names),
    }),

  summary: ({ names }) => `install ${names.join(", ")}`,
  look: ({ names }) => [`dpkg -l ${list(names)}`],
  back: ({ names }) => [`apt-get purge --autoremove ${list(names)}`],
};

/**
 * Shell that downloads packages and all that they need, for later steps of this kind. It takes none of apt's locks and works in a
 * folder of its own, so it does not disturb installations that run on the node meanwhile. Complete downloads are then moved to where
 * apt looks for them. A download that was killed continues where it stopped.
 */
export const downloadScript = (names: readonly string[]): string =>
  programText("actions/packages/download.sh", { AHEAD, STATE, NAMES: list(names) });

const list = (names: readonly string[]): string => names.map(quote).join(" ");
