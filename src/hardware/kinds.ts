import { hosts } from "./hosts/index.ts";
import type { HardwareKind } from "./kind.ts";
import { local } from "./local/index.ts";
import { openstack } from "./openstack/index.ts";

/**
 * Every kind of hardware, by the name that `hardware.kind` has for it. A stack that names none is on the first one. This table is
 * the only place that names the kinds: another one is a folder and a line here (CONTRIBUTING.md).
 */
export const KINDS = { local, hosts, openstack } satisfies Readonly<Record<string, HardwareKind>>;
