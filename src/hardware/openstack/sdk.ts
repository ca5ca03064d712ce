import { createRequire } from "node:module";
import type * as openstack from "@pulumi/openstack";
import type { CustomResourceOptions, ProviderResource, Resource } from "@pulumi/pulumi";

/** The SDK. It is loaded only for a stack on a cloud. */
export const sdk = (): typeof openstack => createRequire(import.meta.url)("@pulumi/openstack");

/** What every resource of a stack in a cloud has in common. */
export interface Common {
  readonly parent: Resource;
  readonly provider: ProviderResource;
}

/**
 * What is replaced is deleted first: two resources may have the same name in a cloud, but not the same address, and both count.
 * @param minutes after which the plugin gives up. @default the plugin's own limit
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
