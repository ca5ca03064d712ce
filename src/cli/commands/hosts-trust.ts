import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { UserError } from "../../config/errors.ts";
import { shownFile, stackFile } from "../../config/stack-file.ts";
import { writeWhole } from "../../config/write-whole.ts";
import type { HostsStack } from "../../hardware/hosts/config.ts";
import { isKnown, type KeyPlace, valuesWithKeys, withHostKey } from "../../hardware/hosts/host-keys.ts";
import { hosts } from "../../hardware/hosts/index.ts";
import { addressOf, type Host, hostPath, jumpOf } from "../../hardware/hosts/login.ts";
import { hardwareOf } from "../../hardware/lookup.ts";
import { parseStackConfig, readStackFile } from "../../hardware/stack-config.ts";
import type { Connection } from "../../transport/types.ts";
import type { CliCommand, Invocation } from "../command.ts";
import { writeJson } from "../json.ts";
import { openStack } from "../stack.ts";

/** Seconds a host gets to show its key. */
const ANSWER = 5;

export const hostsTrust: CliCommand = {
  name: "trust",
  summary: "fetch the hosts' keys, show their fingerprints, and write them into the stack's file",
  options: [["--yes", "do not ask"]],
  run: async (invocation) => {
    const { context, options } = invocation;
    const { name: stack } = openStack(invocation);
    if (!options.yes && !context.stdin.isTTY) {
      throw new UserError(
        "hosts trust asks before it writes, and there is no terminal to ask at. Compare the fingerprints in another way, then say --yes.",
      );
    }
    // A host behind another is asked once that one is known.
    const direct = await round(invocation, stack, (host) => host.jump === null);
    if (direct === "no") return 1;
    const behind = await round(invocation, stack, (host) => host.jump !== null);
    return direct === "done" && behind === "done" ? 0 : 1;
  },
};

/** Somebody whose key is wanted. */
interface Wanted {
  readonly where: string;
  readonly places: readonly KeyPlace[];
  readonly connection: Connection;
  readonly known: string | null;
}

/** A host and the key that it shows. */
interface Shown extends Wanted {
  readonly key: string;
}

type Outcome = "done" | "failed" | "no";

/** Jump hosts are asked with the hosts that are reached directly. */
async function round(
  invocation: Invocation,
  stack: string,
  asked: (host: Host) => boolean,
): Promise<Outcome> {
  const { context, options } = invocation;
  const config = read(invocation, stack);
  const wanted = Object.entries(config.hardware.hosts).flatMap(([name, host]) => [
    ...(asked(host) ? [ofHost(name, host)] : []),
    ...(host.jump !== null && asked({ ...host, jump: null }) ? [ofJump(name, host.jump)] : []),
  ]);
  const shown: Shown[] = [];
  let outcome: Outcome = "done";
  const answers = await Promise.all(together(wanted).map((one) => fetched(invocation, one)));
  for (const answer of answers) {
    if ("key" in answer) shown.push(answer);
    else {
      outcome = "failed";
      context.stderr.write(`${answer.where}: ${answer.reason}\n`);
    }
  }
  for (const one of shown) tell(invocation, one);
  const news = shown.filter(({ key, known }) => key !== known);
  if (news.length === 0) return outcome;
  if (!options.yes) {
    const question = `Write ${news.length} of them into ${shownFile(stack, context.stacks)}, if the fingerprints are those of your hosts? [y/N] `;
    if (!/^y(es)?$/i.test((await context.stdin.ask(question)).trim())) {
      context.stderr.write("Nothing was written.\n");
      return "no";
    }
  }
  await write(invocation, stack, news);
  return outcome;
}

const ofHost = (name: string, host: Host): Wanted => ({
  where: hostPath(name),
  places: [["hardware", "hosts", name]],
  known: isKnown(host.hostKey) ? host.hostKey : null,
  connection: { ...addressOf(host), ...(host.jump === null ? {} : { proxy: jumpOf(name, host.jump) }) },
});

const ofJump = (name: string, jump: NonNullable<Host["jump"]>): Wanted => ({
  where: `${hostPath(name)}.jump`,
  places: [["hardware", "hosts", name, "jump"]],
  known: isKnown(jump.hostKey) ? jump.hostKey : null,
  connection: addressOf(jump),
});

/** Several nodes may have one jump host: it is asked once, and told of once. */
function together(wanted: readonly Wanted[]): Wanted[] {
  const byPlace = new Map<string, Wanted>();
  for (const one of wanted) {
    const { host, port, proxy } = one.connection;
    const place = JSON.stringify([host, port, proxy?.host, proxy?.port, one.known]);
    const twin = byPlace.get(place);
    byPlace.set(place, twin === undefined ? one : { ...twin, places: [...twin.places, ...one.places] });
  }
  return [...byPlace.values()];
}

async function fetched(
  { context }: Invocation,
  one: Wanted,
): Promise<Shown | { where: string; reason: string }> {
  const limits = { dialErrorLimit: 0, perDialTimeout: ANSWER };
  const { proxy, ...connection } = one.connection;
  const stranger = {
    ...connection,
    ...limits,
    ...(one.known === null ? {} : { hostKey: one.known }),
    ...(proxy && { proxy: { ...proxy, ...limits } }),
  };
  try {
    return { ...one, key: await context.lab.hostKey(stranger) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { where: one.where, reason: error.message };
  }
}

function tell({ context, options }: Invocation, { where, connection, key, known }: Shown): void {
  const state = known === null ? "new" : known === key ? "known" : "changed";
  const print = fingerprint(key);
  if (options.json) {
    const said = { type: "host-key", where, host: connection.host, key, fingerprint: print, state };
    writeJson(context.stdout, said);
    return;
  }
  const words = {
    new: "",
    known: "  (as it is written)",
    changed: known === null ? "" : `  CHANGED: ${fingerprint(known)} is written. Is it still your host?`,
  };
  context.stdout.write(
    `${where}  ${connection.host}:${connection.port ?? 22}  ${key.split(" ")[0]}  ${print}${words[state]}\n`,
  );
}

/** As OpenSSH shows it. */
const fingerprint = (key: string): string =>
  `SHA256:${createHash("sha256")
    .update(Buffer.from(key.split(" ")[1] ?? "", "base64"))
    .digest("base64")
    .replace(/=+$/, "")}`;

/** @throws UserError for a stack of another kind, or one that is wrong in another way than in its keys */
function read({ context }: Invocation, stack: string): HostsStack {
  const values = valuesWithKeys(readFileSync(stackFile(stack, context.stacks), "utf8"));
  const config =
    values === undefined ? readStackFile(stack, context.stacks) : parseStackConfig(stack, values);
  if (hardwareOf(config) === hosts) return config as HostsStack;
  throw new UserError(
    `hardware.kind: found "${config.hardware.kind}" in ${shownFile(stack, context.stacks)}, whose nodes have keys of our making; expected hosts`,
  );
}

async function write({ context }: Invocation, stack: string, news: readonly Shown[]): Promise<void> {
  const file = stackFile(stack, context.stacks);
  let text = readFileSync(file, "utf8");
  for (const { places, key } of news) {
    for (const place of places) {
      const changed = withHostKey(text, place, key);
      if (changed === undefined) {
        throw new UserError(
          `${shownFile(stack, context.stacks)}: found ${place.join(".")} written in a way that cannot be changed safely; nothing was written. ` +
            `Write there: hostKey: ${key}`,
        );
      }
      text = changed;
    }
  }
  await writeWhole(file, text);
  context.stderr.write(`Written into ${shownFile(stack, context.stacks)}.\n`);
}
