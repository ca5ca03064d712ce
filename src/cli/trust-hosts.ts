import { readFileSync } from "node:fs";
import { UserError } from "../config/errors.ts";
import { shownFile, stackFile } from "../config/stack-file.ts";
import { writeWhole } from "../config/write-whole.ts";
import type { HostsStack } from "../hardware/hosts/config.ts";
import { isKnown, type KeyPlace, valuesWithKeys, withHostKey } from "../hardware/hosts/host-keys.ts";
import { hosts } from "../hardware/hosts/index.ts";
import { addressOf, type Host, hostPath, jumpOf } from "../hardware/hosts/login.ts";
import { hardwareOf } from "../hardware/lookup.ts";
import { parseStackConfig, readStackFile } from "../hardware/stack-config.ts";
import type { Connection } from "../transport/types.ts";
import type { Invocation } from "./command.ts";
import { confirmation } from "./confirm.ts";
import { openStackToChange } from "./stack.ts";
import { hostKeyView } from "./views/host-key.ts";

/** Seconds a host gets to show its key. */
const ANSWER = 5;

/**
 * Fetches the keys of a stack's hosts, shows their fingerprints, and writes them into the stack file after a yes.
 * @returns the exit code
 */
export async function trustHosts(invocation: Invocation): Promise<number> {
  const { name } = await openStackToChange(invocation);
  const confirm = confirmation(invocation, {
    asks: "hosts trust asks before it writes",
    instead: "Compare the fingerprints in another way, then say --yes.",
  });
  // Jump hosts first: a host behind one can be asked only when the key of the jump host is known.
  const direct = await round(invocation, name, confirm, (host) => host.jump === null);
  if (direct === "no") return 1;
  const behind = await round(invocation, name, confirm, (host) => host.jump !== null);
  return direct === "done" && behind === "done" ? 0 : 1;
}

/** A host or jump host whose key is wanted. */
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
  confirm: ReturnType<typeof confirmation>,
  asked: (host: Host) => boolean,
): Promise<Outcome> {
  const { context } = invocation;
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
  for (const { where, connection, key, known } of shown)
    hostKeyView(invocation, { stack, where, host: connection.host, port: connection.port ?? 22, key, known });
  const news = shown.filter(({ key, known }) => key !== known);
  if (news.length === 0) return outcome;
  const question = `Write ${news.length} of them into ${shownFile(stack, context.stacks)}, if the fingerprints are those of your hosts?`;
  if (!(await confirm(() => question))) {
    context.stderr.write("Nothing was written.\n");
    return "no";
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

/** Several nodes can have the same jump host: it is asked once and shown once. */
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
    return { ...one, key: await context.lab.nodes.hostKey(stranger) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { where: one.where, reason: error.message };
  }
}

/** @throws UserError for another hardware kind, and for errors in the file other than missing keys */
function read({ context }: Invocation, stack: string): HostsStack {
  const values = valuesWithKeys(readFileSync(stackFile(stack, context.stacks), "utf8"));
  const config =
    values === undefined ? readStackFile(stack, context.stacks) : parseStackConfig(stack, values);
  if (hardwareOf(config) === hosts) return config as HostsStack;
  throw new UserError(
    `hardware.kind: found "${config.hardware.kind}" in ${shownFile(stack, context.stacks)}, whose nodes get their keys from lab; expected hosts`,
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
