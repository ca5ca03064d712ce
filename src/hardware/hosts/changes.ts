import type { KeyChange, KeyChanges } from "../../config/changes.ts";

const MACHINE: KeyChange = {
  refused:
    "it would be another machine, on which nothing of the lab is, and the lab would stay on the first one",
};
const CARD: KeyChange = {
  refused: "the lab configured the earlier interface, and its bridges and addresses are on it",
};
const ADDRESS: KeyChange = {
  refused: "the addresses of the nodes are in the database and the configuration of every service",
};
const LOGIN: KeyChange = { up: "reaches the host by the new one from then on" };

/** What happens to a lab on hosts when a key of its hardware changes. */
export const changes: KeyChanges = {
  "hardware.hosts.*.address": LOGIN,
  "hardware.hosts.*.port": LOGIN,
  "hardware.hosts.*.user": LOGIN,
  "hardware.hosts.*.key": LOGIN,
  "hardware.hosts.*.agent": LOGIN,
  "hardware.hosts.*.hostKey": MACHINE,
  "hardware.hosts.*.interfaces.management": CARD,
  "hardware.hosts.*.interfaces.tunnel": CARD,
  "hardware.hosts.*.interfaces.provider": CARD,
  "hardware.hosts.*.addresses.management": ADDRESS,
  "hardware.hosts.*.addresses.tunnel": ADDRESS,
  "hardware.hosts.*.addresses.provider": ADDRESS,
  "hardware.hosts.*.jump.address": LOGIN,
  "hardware.hosts.*.jump.port": LOGIN,
  "hardware.hosts.*.jump.user": LOGIN,
  "hardware.hosts.*.jump.key": LOGIN,
  "hardware.hosts.*.jump.agent": LOGIN,
  "hardware.hosts.*.jump.hostKey": LOGIN,
  "hardware.hosts.*.adopt": { up: "has nothing to do: the host is a node already" },
  "hardware.packageSources": {
    up: "makes the guest's files anew from these; servers that exist keep theirs",
  },
};
