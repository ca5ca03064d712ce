import { access } from "node:fs/promises";
import { KVM_GUEST } from "../../hardware/kvm-guest.ts";
import { run } from "../exec.ts";
import type { Finding } from "../types.ts";

const EMULATION = "servers in the lab run under emulation";

/** Whether KVM runs a guest on this machine. Starts one, since the device can exist and not work. */
export async function tryKvm(): Promise<Finding> {
  const fix =
    "switch on (nested) virtualisation in the firmware or hypervisor, `modprobe kvm_intel` or `kvm_amd`";
  const present = await access("/dev/kvm").then(
    () => true,
    () => false,
  );
  if (!present) return { found: `no /dev/kvm: ${EMULATION}`, state: "warn", fix };
  const { code, stderr } = await run("perl", ["-e", KVM_GUEST]);
  if (code === 0) return { found: "ran a guest", state: "ok" };
  return { found: `${EMULATION}: ${stderr.trim().split("\n").at(-1)}`, state: "warn", fix };
}
