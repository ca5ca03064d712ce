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
 * @param minutes after which the plugin gives up
 * What is replaced goes first: names may be taken twice in a cloud, but addresses and quotas not.
 */
export const options = (
  { parent, provider }: Common,
  minutes: number,
  dependsOn: Resource[] = [],
): CustomResourceOptions => ({
  parent,
  provider,
  dependsOn,
  deleteBeforeReplace: true,
  customTimeouts: { create: `${minutes}m`, update: `${minutes}m`, delete: `${minutes}m` },
});
