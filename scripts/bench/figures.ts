import type { Up } from "../measure/up.ts";

/** Everything that is measured of one lab. */
export interface Figures {
  readonly sequential: Up;
  readonly parallel: Up;
  /** Seconds of each `up` with nothing to do. */
  readonly "no-op": readonly number[];
  /** Node → MiB, two minutes after the build. */
  readonly memory: Readonly<Record<string, number>>;
  /** Seconds from `openstack server create` to the first SSH login, of each server. */
  readonly login: readonly number[];
  /** Seconds. */
  readonly down: number;
  readonly bake: Bake;
  readonly baked: Up;
}

/** How the images with a lab's packages were made. */
export interface Bake {
  readonly seconds: number;
  readonly images: readonly { readonly purpose: string; readonly bytes: number }[];
}

/** A lab with the figures that there are. */
export interface MeasuredLab {
  readonly id: string;
  /** Whether its servers have a network. */
  readonly network: boolean;
  readonly figures: Partial<Figures>;
}
