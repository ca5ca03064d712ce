import { ASKING } from "./request-flow-asking.ts";
import { BUILDING } from "./request-flow-building.ts";
import { SCHEDULING } from "./request-flow-scheduling.ts";
import type { Role } from "./types.ts";

/** How one part speaks to another. `inside`: within one process, or between it and what it drives. */
type Protocol = "REST" | "RPC call" | "RPC cast" | "SQL" | "inside";

/** One step on the way from `server create` to a server that runs. */
export interface FlowStep {
  /** 1 to 28 as the course has counted them since 2013; `9a` for one that has joined behind 9. */
  readonly id: string;
  readonly title: string;
  /** Who does it, and with whom. */
  readonly from: string;
  readonly to: string;
  readonly protocol: Protocol;
  /** Node on which it is best looked at. */
  readonly node: Role;
  /** What happens in 2025.1. */
  readonly today: string;
  /** What was otherwise when the list was made. @default as it is today */
  readonly before?: string;
  /** Where to look: a unit, its log file, commands. */
  readonly unit?: string;
  readonly log?: string;
  readonly command?: string;
  /** Id of the course's service that it belongs to. */
  readonly service: string;
  /** Done only where the server has a network card, or a volume. @default always */
  readonly only?: "network" | "volume";
}

/** A stretch of the way. */
export interface FlowStage {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly steps: readonly FlowStep[];
}

/** The whole way of a request for a server, in order. */
export const REQUEST_FLOW: readonly FlowStage[] = [ASKING, SCHEDULING, BUILDING];
