/**
 * What a step can do: a small closed union of plain data. Strings may hold tokens (see tokens.ts).
 * How each kind is typed by a person, done idempotently, probed, compared and undone is in `src/actions/<kind>.ts`.
 */
export type Action =
  | PackagesAction
  | IniAction
  | FileAction
  | DatabaseAction
  | SchemaAction
  | BrokerUserAction
  | UnitAction
  | IdentityAction
  | NetworkAction
  | CommandAction;

/** Debian packages to install. Nothing they bring is started: the node's policy-rc.d holds services back. */
export interface PackagesAction {
  readonly kind: "packages";
  readonly names: readonly string[];
}

/** Options of an oslo-style ini file. `null` removes the option; all that is not named stays as it is. */
export interface IniAction {
  readonly kind: "ini";
  /** Absolute path on the node; created if missing. */
  readonly file: string;
  /** section → option → value. Sections and options are created where they do not exist. */
  readonly set: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
  /**
   * Section → options that the packaged file sets more than once. Who edits by hand takes all of them out first.
   * @default none
   */
  readonly repeated?: Readonly<Record<string, readonly string[]>>;
  /** `user:group`. @default as the file is; `root:root` for a new file */
  readonly owner?: string;
  /** Octal. @default as the file is; `0640` for a new file */
  readonly mode?: string;
  /** Tells this step from others that write into the same file; filled in by the program, never written in a course. */
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

/** A MariaDB database with one user who may do everything in it, from this node and from others. */
export interface DatabaseAction {
  readonly kind: "database";
  readonly name: string;
  readonly user: string;
  readonly password: string;
}

/**
 * A first database schema, made by the service's own tool. Migrations in MariaDB are not transactional: a sync that
 * was cut off cannot be run again on what it left, so an unfinished schema is dropped, made anew and synced again.
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

/** systemd units that run now and after a reboot. They are restarted when the configuration steps before them changed. */
export interface UnitAction {
  readonly kind: "unit";
  readonly units: readonly string[];
  /** Shell that succeeds once the service really answers; repeated until it does. */
  readonly ready?: string;
  /** How long `ready` may take, in seconds. @default 120 */
  readonly timeout?: number;
  /** Set false for a unit that must be stopped and disabled (the inverse step). @default true */
  readonly running?: boolean;
  /**
   * Hash of all that the units read, filled in by the program from the steps before; never written in a course.
   * A unit that was last started with another one is restarted.
   */
  readonly configuration?: string;
  /** The files among that, filled in likewise. One that was changed after somebody else restarted the unit makes us restart it. */
  readonly files?: readonly string[];
  /** Who of those that write options into these files matters to the units, filled in likewise. */
  readonly writers?: readonly string[];
}

/** Objects of Keystone, made with one client start. Order within: domain, projects, users, roles, services, endpoints. */
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
     * Units that check others' tokens as this user. Made anew, the user is another: Keystone no longer finds whom their own token
     * belongs to and answers 404, which they take for "the other's token is unknown", and refuse everybody until they are
     * started again. @default none
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
 * Objects of Neutron, all of the project admin and made with one client start, in the order in which they stand here.
 * Names are unique among objects of a type.
 */
export interface NetworkAction {
  readonly kind: "network";
  readonly networks?: readonly {
    readonly name: string;
    /** Leads outside: routers may have their gateway in it, floating addresses are of it. @default false */
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
    /** First and last address to give away. @default all that are free */
    readonly pool?: { readonly first: string; readonly last: string };
    /** Name servers that DHCP tells. @default none */
    readonly dns?: readonly string[];
  }[];
  readonly routers?: readonly {
    readonly name: string;
    /** The external network its gateway is in. */
    readonly external: string;
    readonly subnets: readonly string[];
  }[];
  /** Security groups with what they let in, beyond Neutron's own default of letting everything out. */
  readonly groups?: readonly {
    readonly name: string;
    readonly description: string;
    readonly rules: readonly { readonly protocol: "tcp" | "udp" | "icmp"; readonly port?: number }[];
  }[];
  readonly ports?: readonly {
    readonly name: string;
    readonly network: string;
    readonly groups: readonly string[];
    /** @default one that is free */
    readonly address?: string;
  }[];
  readonly floatingIps?: readonly {
    readonly address: string;
    /** The external network it is of. */
    readonly network: string;
    /** Name of the port that it leads to. */
    readonly port: string;
  }[];
}

/**
 * An object of the cloud that belongs to the administrator's project, as it is to be. A person asks the client about it; a look asks
 * the API, as the client takes a second of processor time each time.
 */
export interface CloudObject {
  readonly kind: "flavor" | "image" | "keypair" | "server";
  /** No other object of its kind has it. */
  readonly name: string;
  /** Field, as both the client and the API call it → its value. Of a keypair just `public_key`. */
  readonly is: Readonly<Record<string, string>>;
}

/** Any other command. `holds` decides whether it is needed. */
export interface CommandAction {
  readonly kind: "command";
  /** What a person would type; POSIX shell, run with `set -eu`. */
  readonly run: string;
  /** Shell; exit 0 means that nothing is to be done. Its output is what was seen. Or what is there by then. */
  readonly holds: string | CloudObject;
  /** Run whenever the step is done, for `holds` cannot tell an earlier result from today's; running it again does no harm. @default false */
  readonly always?: boolean;
  /** Shell that takes it back. @default nothing to undo */
  readonly undo?: string;
}
