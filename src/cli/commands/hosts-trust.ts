import { command } from "../command.ts";

export const hostsTrust = command({
  name: "trust",
  summary: "fetch the hosts' keys, show their fingerprints, and write them into the stack file",
  options: [["--yes", "do not ask"]],
  // Loaded when it is used: with it come all kinds of hardware.
  run: async (invocation) => (await import("../trust-hosts.ts")).trustHosts(invocation),
});
