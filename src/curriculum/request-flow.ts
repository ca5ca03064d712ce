import { ASKING } from "./request-flow-asking.ts";
import { BUILDING } from "./request-flow-building.ts";
import { SCHEDULING } from "./request-flow-scheduling.ts";
import type { Role } from "./types.ts";

/** How one part talks to another. `inside`: within one process, or between it and what it controls. */
type Protocol = "REST" | "RPC call" | "RPC cast" | "SQL" | "inside";

/** One step between `server create` and a server that runs. */
export interface FlowStep {
  /** 1 to 28 as in the list of 2013; `9a` for a new step after 9. */
  readonly id: string;
  readonly title: string;
  /** The part that acts, and the part that it acts on. */
  readonly from: string;
  readonly to: string;
  readonly protocol: Protocol;
  /** The node on which you can observe it best. */
  readonly node: Role;
  /** What happens in 2025.1. */
  readonly today: string;
  /** What was different in 2013. @default the same as today */
  readonly before?: string;
  /** Where to look: a unit, its log file, commands. */
  readonly unit?: string;
  readonly log?: string;
  readonly command?: string;
  /** Id of the course's service that it belongs to. */
  readonly service: string;
  /** Only for servers with a network interface, or with a volume. @default always */
  readonly only?: "network" | "volume";
}

/** Several steps under one heading. */
export interface FlowStage {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly steps: readonly FlowStep[];
}

/** The request flow: all steps in order. */
export const REQUEST_FLOW: readonly FlowStage[] = [ASKING, SCHEDULING, BUILDING];
