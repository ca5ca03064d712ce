import { tryKvm } from "../machine/kvm.ts";
import type { Requirement } from "../types.ts";

export const kvm: Requirement = {
  id: "kvm",
  title: "KVM",
  neededBy: "servers in the lab at full speed",
  probe: tryKvm,
  fix: { text: "" },
};
