import type { Explained } from "../types.ts";
import { Cloud, CloudError } from "./client.ts";
import type { OpenstackStack } from "./config.ts";
import { credentials, isProblem, type Surroundings, surroundingsOf } from "./credentials.ts";
import { explained, serverIn } from "./explain.ts";

/** Explains a message of the plugin; for a server in state ERROR with what Nova says about it. */
export async function explainFailure(
  config: OpenstackStack,
  name: string,
  message: string,
  surroundings: Surroundings = surroundingsOf(config),
): Promise<Explained> {
  const server = serverIn(message);
  if (server === undefined) return explained(name, message);
  const found = credentials(config.hardware, surroundings);
  if (isProblem(found)) return explained(name, message);
  try {
    return explained(name, message, await faultOf(await Cloud.open(found), server));
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return explained(name, message);
  }
}

async function faultOf(cloud: Cloud, server: string): Promise<string | undefined> {
  const { server: seen } = await cloud.get<{ server: { fault?: { message?: string } } }>(
    "compute",
    `/servers/${server}`,
  );
  return seen.fault?.message;
}
