import type { Action } from "./actions.ts";

/** What a node is for. A node may have several. */
export const ROLES = ["control", "compute", "network", "storage"] as const;
export type Role = (typeof ROLES)[number];

/** Where a step is done that is done on no node: the machine that runs `lab`. No node may be called like it. */
export const THIS_MACHINE = "here";

/** Something that must be true of a node once a step is done, beyond what the action's own probe tells. */
export interface Check {
  /** Unique in its step; the check is called `<step id>:<name>`. */
  readonly name: string;
  /** What is expected, as a sentence fragment: "the API answers on port 5000". */
  readonly expect: string;
  /** POSIX shell, run on the step's node; exit 0 = ok. What it prints last is shown as what was seen. */
  readonly run: string;
}

/** A virtual switch that is on a node once a step is done. */
interface Bridge {
  /** Or a fact that names it; where that is the network's card itself, there is no bridge. */
  readonly name: string;
  /** The lab's network that it leads to. @default none: servers are plugged into it, and it leads to the others of its node */
  readonly network?: "tunnel" | "provider";
}

/** One thing a trainee would do on one node. */
export interface Step {
  /** `<service>/<verb-object>`; never changes once published. */
  readonly id: string;
  readonly title: string;
  /** A sentence or two: why this is done. */
  readonly why: string;
  /**
   * The nodes it is done on; `all` for every node of the lab, `here` for the machine that runs `lab`, where it is done as
   * the user who runs it.
   */
  readonly role: Role | readonly Role[] | "all" | typeof THIS_MACHINE;
  readonly action: Action;
  /** What one should now see. */
  readonly see: string;
  /** Id of the lab from which on it is done. @default in every lab that has its service */
  readonly from?: string;
  /** Id of the lab from which on it is no longer done: another step, of that lab, stands in its place. @default always done */
  readonly until?: string;
  /**
   * Ids of the steps that must be done before; those that the lab does not have are passed over. `<id>@<role>` means a step on
   * nodes of that role alone.
   * @default the step above in the same service (none for the first)
   */
  readonly after?: readonly string[];
  readonly checks?: readonly Check[];
  /** What it leaves on its node for packets to go through. */
  readonly bridges?: readonly Bridge[];
}

/** One service, one file. */
export interface Service {
  readonly id: string;
  readonly title: string;
  /** One of the handbook's modules: 001 introduction, 002 networking, 003 object storage. */
  readonly module: "001" | "002" | "003";
  readonly steps: readonly Step[];
}

/** A lab: what a trainee ends up with. */
export interface Lab {
  readonly id: string;
  readonly title: string;
  /** Roles that some node must have. */
  readonly roles: readonly Role[];
  readonly services: readonly Service[];
}
