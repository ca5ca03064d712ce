import type { KeyChange, KeyChanges } from "../../config/changes.ts";

const CLOUD: KeyChange = {
  refused: "the servers would be looked for in another cloud or project, and made a second time there",
  emptyIsUnknown: true,
};
const LOGIN: KeyChange = { up: "logs in to the cloud with the new one from then on" };
const SERVER: KeyChange = {
  refused: "a server is made with it: the servers would be replaced, with all that is on them",
};
const LIMIT: KeyChange = { up: "applies the new limit from then on" };

/** What happens to a lab on a cloud when a key of its hardware changes. */
export const changes: KeyChanges = {
  "hardware.cloud": CLOUD,
  "hardware.auth.url": CLOUD,
  "hardware.auth.user": LOGIN,
  "hardware.auth.password": LOGIN,
  "hardware.auth.project": CLOUD,
  "hardware.auth.userDomain": LOGIN,
  "hardware.auth.projectDomain": CLOUD,
  "hardware.auth.region": CLOUD,
  "hardware.auth.caFile": LOGIN,
  "hardware.auth.applicationCredential.id": LOGIN,
  "hardware.auth.applicationCredential.secret": LOGIN,
  "hardware.image": SERVER,
  "hardware.flavors.default": SERVER,
  "hardware.flavors.control": SERVER,
  "hardware.flavors.compute": SERVER,
  "hardware.flavors.network": SERVER,
  "hardware.flavors.storage": SERVER,
  "hardware.externalNetwork": {
    refused: "the router and the floating address of the lab are in the earlier network",
  },
  "hardware.availabilityZone": SERVER,
  "hardware.dnsServers": { up: "changes the subnet; a node asks the new ones when it renews its address" },
  "hardware.bootFromVolume": SERVER,
  "hardware.user": { refused: "the image gave the login key to the earlier user" },
  "hardware.configDrive": SERVER,
  "hardware.allow": { up: "changes the rules of the security group" },
  "hardware.packageSources": { up: "applies it to servers that are made from then on" },
  "hardware.timeouts.network": LIMIT,
  "hardware.timeouts.volume": LIMIT,
  "hardware.timeouts.server": LIMIT,
  "hardware.timeouts.boot": LIMIT,
};
