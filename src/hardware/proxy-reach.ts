import { connect } from "node:net";
import { type ProxyPlace, proxyPlaces } from "../config/proxy.ts";
import type { StackConfig } from "../config/schema.ts";
import type { Problem } from "./types.ts";

/** Seconds that a proxy gets to accept a connection. */
const PATIENCE = 5;

/** The stack's proxies that do not answer this machine, which fetches the guest's packages through them. */
export async function silentProxies(config: StackConfig): Promise<Problem[]> {
  const found = await Promise.all(
    proxyPlaces(config).map(async (place) => ({ place, why: await refusal(place) })),
  );
  return found.flatMap(({ place: { key, host, port }, why }) =>
    why === undefined
      ? []
      : [
          {
            where: key,
            found: `the proxy ${host}:${port}, which does not answer (${why})`,
            expected: "a proxy that answers",
            fix: "start it, or correct the address in the stack file",
          },
        ],
  );
}

function refusal({ host, port }: ProxyPlace): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: PATIENCE * 1_000 });
    const end = (why?: string) => {
      socket.destroy();
      resolve(why);
    };
    socket.once("connect", () => end());
    socket.once("timeout", () => end(`no answer within ${PATIENCE} s`));
    socket.once("error", ({ code, message }: NodeJS.ErrnoException) => end(code ?? message));
  });
}
