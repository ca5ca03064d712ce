import type { OpenstackStack } from "../../../src/hardware/openstack/config.ts";
import { parseStackConfig } from "../../../src/hardware/stack-config.ts";

/** Stack `lab` on a cloud. @param differences keys of `hardware` that are not the usual */
export function onCloud(differences: object = {}, others: object = {}): OpenstackStack {
  const hardware = {
    kind: "openstack",
    image: "debian-13",
    flavors: { default: "m1.medium" },
    externalNetwork: "public",
    ...differences,
  };
  return parseStackConfig("lab", { lab: "lab001", hardware, ...others }) as OpenstackStack;
}
