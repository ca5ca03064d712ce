/**
 * What a step can do: a small closed union of plain data. Strings may contain tokens (see tokens.ts).
 * `src/actions/<kind>` has everything else about a kind: the commands a person types, the script, the probe, the comparison, the undo.
 */
export type Action =
  | PackagesAction
  | IniAction
  | FileAction
  | LinesAction
  | DatabaseAction
  | SchemaAction
  | BrokerUserAction
  | UnitAction
  | IdentityAction
  | NetworkAction
  | CommandAction;

/** Debian packages to install. Their services do not start: the node's policy-rc.d prevents it. */
export interface PackagesAction {
  readonly kind: "packages";
  readonly names: readonly string[];
}

/** Options of an oslo-style ini file. `null` removes the option. All other options stay as they are. */
export interface IniAction {
  readonly kind: "ini";
  /** Absolute path on the node; created if missing. */
  readonly file: string;
  /** section → option → value. Sections and options are created where they do not exist. */
  readonly set: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
  /**
   * Section → options that the packaged file sets more than once. A person who edits by hand removes all of them first.
   * @default none
   */
  readonly repeated?: Readonly<Record<string, readonly string[]>>;
  /** `user:group`, as the package sets it. @default as the file is; `root:root` for a new file */
  readonly owner?: string;
  /** Octal, as the package sets it. @default as the file is; `0640` for a new file */
  readonly mode?: string;
  /** Identifies this step among others that write into the same file. The program fills it in; a course never does. */
  readonly writer?: string;
}

/** A whole text file. */
export interface FileAction {
  readonly kind: "file";
  readonly path: string;
  /** The whole content; one newline is added at the end where it is missing. */
  readonly content: string;
  /** `user:group`. @default root:root */
  readonly owner?: string;
  /** Octal. @default 0644 */
  readonly mode?: string;
}

/**
 * Lines in a text file of the system in which others have lines too: on a host such a file was there before. Only these lines are the
 * step's; what others write into the file stays, whenever they do it.
 */
export interface LinesAction {
  readonly kind: "lines";
  readonly path: string;
  readonly content: string;
  /**
   * Extended regular expression, without `/`, for lines of others that say otherwise. While the step is done they are comments.
   * @default none
   */
  readonly instead?: string;
}

/** A MariaDB database with one user who has all rights on it, from this node and from others. */
export interface DatabaseAction {
  readonly kind: "database";
  readonly name: string;
  readonly user: string;
  readonly password: string;
}

/**
 * The first database schema, created by the service's own tool. Migrations in MariaDB are not transactional: after an interrupted
 * sync, the script drops the unfinished schema, creates it again and runs the sync again.
 */
export interface SchemaAction {
  readonly kind: "schema";
  readonly database: string;
  /** The shell command that fills it, e.g. `su -s /bin/sh -c 'keystone-manage db_sync' keystone`. */
  readonly run: string;
}

/** A RabbitMQ user with all rights on a virtual host. */
export interface BrokerUserAction {
  readonly kind: "broker-user";
  readonly user: string;
  readonly password: string;
  /** @default / */
  readonly vhost?: string;
}

/** Where an API lists the services that report to it, and who may ask: a user of the project service. */
export interface Reports {
  /** The units that report, all of this step. They have the same names there. */
  readonly units: readonly string[];
  readonly url: string;
  /** Where Keystone answers, with its version. */
  readonly keystone: string;
  readonly user: string;
  readonly password: string;
}

/** systemd units that run now and after a reboot. They restart when the configuration steps before them changed. */
export interface UnitAction {
  readonly kind: "unit";
  readonly units: readonly string[];
  /** Shell that succeeds when the service answers. It is repeated until then. */
  readonly ready?: string;
  /** How the control plane knows that units run. The step is done once each has reported after its start. @default none of them reports */
  readonly reports?: Reports;
  /** How long `ready` and the reports may take, in seconds. @default 120 */
  readonly timeout?: number;
  /** Shell that removes what the units made and leave behind when they are stopped for good. @default nothing */
  readonly undo?: string;
  /** Set false for a unit that must be stopped and disabled (the inverse step). @default true */
  readonly running?: boolean;
  /**
   * Hash of all that the units read. The program fills it in from the earlier steps; a course never does.
   * A unit that was last started with another hash restarts.
   */
  readonly configuration?: string;
  /** The files among that, filled in likewise. If one changed after somebody else restarted the unit, the unit restarts. */
  readonly files?: readonly string[];
  /** The steps whose options in these files matter to the units, filled in likewise. */
  readonly writers?: readonly string[];
}

/** Objects of Keystone, created with one client start. Order within: domain, projects, users, roles, services, endpoints. */
export interface IdentityAction {
  readonly kind: "identity";
  readonly projects?: readonly { readonly name: string; readonly description?: string }[];
  readonly roles?: readonly string[];
  readonly users?: readonly {
    readonly name: string;
    readonly password: string;
    /** Project in which the user gets `roles`. */
    readonly project: string;
    readonly roles: readonly string[];
    /**
     * Units that check tokens as this user. If the user is deleted and created again, their own token belongs to nobody: Keystone
     * answers 404, the units read this as "the caller's token is unknown", and reject everybody until they restart.
     * @default none
     */
    readonly units?: readonly string[];
  }[];
  readonly services?: readonly {
    readonly name: string;
    readonly type: string;
    readonly description: string;
    /** Used for the public, internal and admin endpoint. */
    readonly url: string;
    /** Region that the endpoints are in. @default the one of the node's clouds.yaml */
    readonly region?: string;
  }[];
}

/**
 * Objects of Neutron in the project admin, created with one login, in the order of these keys.
 * Names are unique among objects of a type.
 */
export interface NetworkAction {
  readonly kind: "network";
  readonly networks?: readonly {
    readonly name: string;
    /** Leads outside: routers can have their gateway in it, and floating addresses come from it. @default false */
    readonly external?: boolean;
    /** Flat on this physical network. @default a tunnelled network of the tenant */
    readonly physical?: string;
  }[];
  readonly subnets?: readonly {
    readonly name: string;
    readonly network: string;
    readonly cidr: string;
    /** @default the first address of the subnet */
    readonly gateway?: string;
    /** @default true */
    readonly dhcp?: boolean;
    /** First and last address to assign. @default all free addresses */
    readonly pool?: { readonly first: string; readonly last: string };
    /** Name servers that DHCP announces. @default none */
    readonly dns?: readonly string[];
  }[];
  readonly routers?: readonly {
    readonly name: string;
    /** The external network its gateway is in. */
    readonly external: string;
    readonly subnets: readonly string[];
  }[];
  /** Security groups with the rules for incoming packets. Neutron's default lets all outgoing packets pass. */
  readonly groups?: readonly {
    readonly name: string;
    readonly description: string;
    readonly rules: readonly { readonly protocol: "tcp" | "udp" | "icmp"; readonly port?: number }[];
  }[];
  readonly ports?: readonly {
    readonly name: string;
    readonly network: string;
    readonly groups: readonly string[];
    /** @default a free address */
    readonly address?: string;
  }[];
  readonly floatingIps?: readonly {
    readonly address: string;
    /** The external network that it belongs to. */
    readonly network: string;
    /** Name of the port that it leads to. */
    readonly port: string;
  }[];
}

/**
 * An object of the cloud in the administrator's project, as it must be. A person asks the client about it. A probe asks the API,
 * because each start of the client takes a second of processor time.
 */
export interface CloudObject {
  readonly kind: "flavor" | "image" | "keypair" | "server";
  /** Unique among objects of its kind. */
  readonly name: string;
  /** Field, by the name that both the client and the API use → its value. A keypair has only `public_key`. */
  readonly is: Readonly<Record<string, string>>;
}

/** Something that a command only sets going: it comes by itself, or never. */
export interface Wait {
  /** What is waited for, e.g. `server web is ACTIVE`. */
  readonly what: string;
  /** Shell that exits 0 once it is there. Its last line is what was found. */
  readonly ready: string;
  /**
   * Shell that prints in one line why it can no longer come, and nothing while it still can. `$1` are the seconds waited so far: a service
   * that is just starting has not reported for long either. @default it always still can
   */
  readonly lost?: string;
  /** Limit in seconds. */
  readonly seconds: number;
}

/** Any other command. `holds` decides whether it is needed. */
export interface CommandAction {
  readonly kind: "command";
  /** What a person would type; POSIX shell, run with `set -eu`. Empty where there is only something to wait for. */
  readonly run: string;
  /** Shell that exits 0 if nothing has to be done; its output is what was found. Or the object that must exist. */
  readonly holds: string | CloudObject;
  /** Run the command every time, because `holds` cannot tell an old result from a new one. A second run does no harm. @default false */
  readonly always?: boolean;
  /** What is waited for after it, one after the other. @default nothing */
  readonly waits?: readonly Wait[];
  /** Shell that undoes it. @default nothing to undo */
  readonly undo?: string;
}
