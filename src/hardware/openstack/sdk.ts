import { createRequire } from "node:module";
import type * as openstack from "@pulumi/openstack";
import type { CustomResourceOptions, ProviderResource, Resource } from "@pulumi/pulumi";

/** The SDK, loaded when a stack is really on a cloud. */
export const sdk = (): typeof openstack => createRequire(import.meta.url)("@pulumi/openstack");

/** What every resource of a stack in a cloud has in common. */
export interface Common {
  readonly parent: Resource;
  readonly provider: ProviderResource;
}

/**
 * What is replaced goes first: names may be taken twice in a cloud, but addresses and quotas not.
 * @param minutes after which the plugin gives up. @default no limit of its own, for what the plugin has none for
 */
export const options = (
  { parent, provider }: Common,
  minutes?: number,
  dependsOn: Resource[] = [],
): CustomResourceOptions => ({
  parent,
  provider,
  dependsOn,
  deleteBeforeReplace: true,
  ...(minutes === undefined ? {} : { customTimeouts: limits(minutes) }),
});

const limits = (minutes: number) => ({
  create: `${minutes}m`,
  update: `${minutes}m`,
  delete: `${minutes}m`,
});
