import { parseStackConfig } from "../../../src/config/parse.ts";
import type { StackOn } from "../../../src/config/schema.ts";

/** Stack `lab` on a cloud. @param differences keys of `hardware` that are not the usual */
export function onCloud(differences: object = {}, others: object = {}): StackOn<"openstack"> {
  const hardware = {
    kind: "openstack",
    image: "debian-13",
    flavors: { default: "m1.medium" },
    externalNetwork: "public",
    ...differences,
  };
  return parseStackConfig("lab", { lab: "lab001", hardware, ...others }) as StackOn<"openstack">;
}
