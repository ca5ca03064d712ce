import { aptTools } from "./requirements/apt-tools.ts";
import { chromium } from "./requirements/chromium.ts";
import { clock } from "./requirements/clock.ts";
import { cores } from "./requirements/cores.ts";
import { disk } from "./requirements/disk.ts";
import { engine } from "./requirements/engine.ts";
import { firewall } from "./requirements/firewall.ts";
import { incus } from "./requirements/incus.ts";
import { incusDaemon } from "./requirements/incus-daemon.ts";
import { ksm } from "./requirements/ksm.ts";
import { kvm } from "./requirements/kvm.ts";
import { languageHost } from "./requirements/language-host.ts";
import { memory } from "./requirements/memory.ts";
import { nameResolution } from "./requirements/name-resolution.ts";
import { node } from "./requirements/node.ts";
import { npmPackages } from "./requirements/npm-packages.ts";
import { openstackPlugin } from "./requirements/openstack-plugin.ts";
import { operatingSystemRequirement } from "./requirements/operating-system.ts";
import { ovs } from "./requirements/ovs.ts";
import { packageCache } from "./requirements/package-cache.ts";
import { ruff } from "./requirements/ruff.ts";
import { shells } from "./requirements/shells.ts";
import { sshd } from "./requirements/sshd.ts";
import { storagePool } from "./requirements/storage-pool.ts";
import { subordinateIds } from "./requirements/subordinate-ids.ts";
import type { Requirement } from "./types.ts";

/** Everything that this machine needs, in the order in which set-up provides it: later ones need earlier ones. */
export const REQUIREMENTS: readonly Requirement[] = [
  operatingSystemRequirement,
  memory,
  cores,
  disk,
  clock,
  node,
  npmPackages,
  aptTools,
  incus,
  subordinateIds,
  incusDaemon,
  storagePool,
  packageCache,
  ksm,
  kvm,
  ovs,
  firewall,
  nameResolution,
  engine,
  languageHost,
  openstackPlugin,
];

/** What only the tests need: `scripts/setup --tests` provides it. */
export const FOR_TESTS: readonly Requirement[] = [chromium, sshd, ruff, shells];
