import { programText } from "../config/program-text.ts";

/**
 * Perl (of Debian's smallest system, no module needed) that runs a tiny guest with KVM and prints `kvm` when it did,
 * else the reason on standard error with exit 1. `/dev/kvm` alone says little: some machines offer it with no
 * hardware behind it and emulate the guest's instructions one by one, only the common ones. So the guest is put in
 * 64-bit mode, computes 21 << 1 with an instruction that such emulation lacks (where the processor has it), counts to
 * fifty million (milliseconds on a processor, minutes in emulation), stores the answer and halts.
 */
export const KVM_GUEST = `${programText("hardware/kvm-guest.pl")}\n`;
