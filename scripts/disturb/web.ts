import { join } from "node:path";
import { quote } from "../../src/config/quote.ts";
import { sshFolder } from "../../src/plan/this-machine.ts";
import { runLocal } from "../../src/transport/local.ts";
import { CLOCK, LIMIT } from "./recovery.ts";

/** Limit of one attempt. */
const ATTEMPT_MS = 20_000;
const PAUSE_MS = 500;

/** Seconds until the server `web` answers over SSH at its floating address; undefined where it does not answer in time. */
export async function webAnswers(stack: string): Promise<number | undefined> {
  const config = quote(join(sshFolder(stack), "config"));
  const command = `ssh -F ${config} -o BatchMode=yes -o ConnectTimeout=5 web hostname`;
  const began = CLOCK.now();
  while (CLOCK.now() - began < LIMIT) {
    const name = await runLocal({ command, signal: AbortSignal.timeout(ATTEMPT_MS) }).then(
      ({ stdout }) => stdout.trim(),
      () => "",
    );
    if (name === "web") return (CLOCK.now() - began) / 1000;
    await CLOCK.sleep(PAUSE_MS);
  }
  return undefined;
}
