import { access, constants, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../exec.ts";
import type { Finding } from "../types.ts";

/** Exit code of a guest that lived: QEMU's debug-exit device turns the byte n into 2n + 1. */
const ALIVE = 0x10 * 2 + 1;

/** A boot sector that writes 0x10 to the debug-exit device at port 0xf4, and halts. */
function bootSector(): Buffer {
  const sector = Buffer.alloc(512);
  sector.set([0xb0, 0x10, 0xe6, 0xf4, 0xf4]); // mov al, 0x10; out 0xf4, al; hlt
  sector.set([0x55, 0xaa], 510);
  return sector;
}

function guestArguments(disk: string): string[] {
  return [
    "-machine",
    "pc,accel=kvm",
    ...["-cpu", "host", "-m", "16", "-nodefaults", "-display", "none", "-no-reboot"],
    ...["-device", "isa-debug-exit,iobase=0xf4,iosize=0x01"],
    ...["-drive", `file=${disk},format=raw,if=floppy,readonly=on`],
  ];
}

/** Whether KVM runs a guest here. The device alone says nothing: it may be there and fail. */
export async function tryKvm(): Promise<Finding> {
  const emulation = "servers in the lab run under emulation, some ten times slower";
  const usable = await access("/dev/kvm", constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!usable) return { found: `no /dev/kvm: ${emulation}`, state: "warn" };
  if (process.arch !== "x64") return { found: "/dev/kvm, not tried on this architecture", state: "warn" };
  const folder = await mkdtemp(join(tmpdir(), "scratchstack-kvm-"));
  try {
    const disk = join(folder, "boot.img");
    await writeFile(disk, bootSector());
    const { code } = await run("qemu-system-x86_64", guestArguments(disk), { timeout: 8_000 });
    if (code === ALIVE) return { found: "ran a guest", state: "ok" };
    if (code === 127) return { found: "/dev/kvm, not tried: QEMU is not installed yet", state: "warn" };
    return { found: `/dev/kvm does not run a guest: ${emulation}`, state: "warn" };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
