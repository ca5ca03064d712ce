import type { Action } from "./actions.ts";

/** What a node is for. A node may have several. */
export const ROLES = ["control", "compute", "network", "storage"] as const;
export type Role = (typeof ROLES)[number];

/** The role of steps that are done on the machine that runs `lab`, not on a node. No node may have this name. */
export const THIS_MACHINE = "here";

/** Something that must be true after a step, beyond what the probe of the action tells. */
export interface Check {
  /** Unique in its step; the check is called `<step id>:<name>`. */
  readonly name: string;
  /** What is expected, as a sentence fragment: "the API answers on port 5000". */
  readonly expect: string;
  /** POSIX shell, run on the step's node; exit 0 = ok. Its last lines are shown as what was found. */
  readonly run: string;
}

/** A virtual switch that a step creates on its node. */
interface Bridge {
  /** Or a fact that names it. If the fact names the network interface itself, there is no bridge. */
  readonly name: string;
  /** The network that it leads to. @default none: servers are plugged into it, and it leads to the other bridges of its node */
  readonly network?: "tunnel" | "provider";
}

/** One thing that a person would do on one node. */
export interface Step {
  /** `<service>/<verb-object>`; never changes once published. */
  readonly id: string;
  readonly title: string;
  /** Why this is done, in a sentence or two. */
  readonly why: string;
  /**
   * The nodes it is done on; `all` for every node of the lab, `here` for the machine that runs `lab`, where it is done as
   * the user who runs it.
   */
  readonly role: Role | readonly Role[] | "all" | typeof THIS_MACHINE;
  readonly action: Action;
  /** What you should now see, as a sentence fragment. */
  readonly see: string;
  /** Id of the first lab that has the step. @default every lab that has its service */
  readonly from?: string;
  /** Id of the first lab that no longer has the step. A step of that lab replaces it. @default every later lab has it */
  readonly until?: string;
  /**
   * Ids of the steps that must be done before. Steps that the lab does not have are ignored. `<id>@<role>` means a step only on
   * nodes with that role.
   * @default the step above in the same service (none for the first)
   */
  readonly after?: readonly string[];
  readonly checks?: readonly Check[];
  /** The bridges that it creates. @default none */
  readonly bridges?: readonly Bridge[];
}

/** A service. Each has its own file. */
export interface Service {
  readonly id: string;
  readonly title: string;
  /** One of the handbook's modules: 001 introduction, 002 networking, 003 object storage. */
  readonly module: "001" | "002" | "003";
  readonly steps: readonly Step[];
}

/** A part of the course that is built on nodes. */
export interface Lab {
  readonly id: string;
  readonly title: string;
  /** Roles that some node must have. */
  readonly roles: readonly Role[];
  readonly services: readonly Service[];
}
