import type { CliGroup } from "../command.ts";
import { hostsTrust } from "./hosts-trust.ts";

export const hosts: CliGroup = {
  name: "hosts",
  summary: "real hosts that labs are built on",
  commands: [hostsTrust],
};
