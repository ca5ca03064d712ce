import { canTalkToClouds } from "../../config/engine.ts";
import type { Problem } from "../types.ts";
import { checkCloud } from "./check-cloud.ts";
import { Cloud, CloudError } from "./client.ts";
import type { OpenstackStack } from "./config.ts";
import {
  type Credentials,
  credentials,
  isProblem,
  type Surroundings,
  surroundingsOf,
} from "./credentials.ts";
import { observe } from "./observe.ts";

/** Checks whether the cloud can build the stack. Changes nothing. */
export async function preflight(
  stack: string,
  config: OpenstackStack,
  surroundings: Surroundings = surroundingsOf(config),
): Promise<Problem[]> {
  const found = credentials(config.hardware, surroundings);
  if (isProblem(found)) return [found];
  try {
    const cloud = await Cloud.open(found);
    const plugin = (await canTalkToClouds()) ? [] : [noPlugin];
    return [...plugin, ...checkCloud(stack, config, await observe(cloud, stack, config))];
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return [refused(found, error)];
  }
}

const noPlugin: Problem = {
  where: "openstack plugin",
  found: "not built yet",
  expected: "the Pulumi plugin for OpenStack, which the engine that was built here needs beside it",
  fix: "run scripts/setup (without --quick), once",
};

/** Why a cloud refuses the login or does not answer. */
export function refused(
  { url, where }: Pick<Credentials, "url" | "where">,
  { status, message }: CloudError,
): Problem {
  const problem = (found: string, expected: string, fix: string): Problem => ({
    where: `cloud ${url}`,
    found,
    expected,
    fix,
  });
  switch (status) {
    case 0:
      return problem(
        message,
        "a Keystone that answers",
        `see that the address is right (${where}) and the cloud is up`,
      );
    case 401:
      return problem(
        `a refused login (${message})`,
        "user, password, project and domains that Keystone knows",
        `correct them (${where})`,
      );
    case 403:
      return problem(
        `no right to look at it (${message})`,
        "a user with the role member in the project",
        `have the role given to the user of ${where}`,
      );
    case 404:
      return problem(
        `no Keystone at this address (${message})`,
        "the address of Keystone, version 3",
        `correct it (${where})`,
      );
    default:
      return problem(message, "a cloud that works", "try again, or ask its administrators");
  }
}
