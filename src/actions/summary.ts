import type { Action, IdentityAction, NetworkAction } from "../curriculum/actions.ts";

/** What an action will do, in a line without secrets. */
export function summaryOf(action: Action): string {
  switch (action.kind) {
    case "packages":
      return `install ${action.names.join(", ")}`;
    case "ini":
      return `set ${count(Object.values(action.set).flatMap(Object.keys), "option")} in ${action.file}`;
    case "file":
      return `write ${action.path}, ${count(action.content.trimEnd().split("\n"), "line")}`;
    case "database":
      return `create database ${action.name} and user ${action.user}`;
    case "schema":
      return `create the tables of database ${action.database}`;
    case "broker-user":
      return `create broker user ${action.user}`;
    case "unit":
      return `${action.running === false ? "stop" : "start"} ${action.units.join(", ")}`;
    case "identity":
      return `create ${objectsOfIdentity(action).join(", ")}`;
    case "network":
      return `create ${objectsOfNetwork(action).join(", ")}`;
    case "command":
      return "run a command";
  }
}

/** What the difference of an action is about where its own words do not say so: a file. */
export const placeOf = (action: Action): string | undefined =>
  action.kind === "ini" ? action.file : undefined;

const objectsOfIdentity = ({
  projects = [],
  roles = [],
  users = [],
  services = [],
}: IdentityAction): string[] => [
  ...projects.map(({ name }) => `project ${name}`),
  ...roles.map((name) => `role ${name}`),
  ...users.map(({ name }) => `user ${name}`),
  ...services.map(({ name }) => `service ${name} with three endpoints`),
];

const objectsOfNetwork = (action: NetworkAction): string[] => [
  ...(action.networks ?? []).map(({ name }) => `network ${name}`),
  ...(action.subnets ?? []).map(({ name }) => `subnet ${name}`),
  ...(action.routers ?? []).map(({ name }) => `router ${name}`),
  ...(action.groups ?? []).map(({ name }) => `security group ${name}`),
  ...(action.ports ?? []).map(({ name }) => `port ${name}`),
  ...(action.floatingIps ?? []).map(({ address }) => `floating IP ${address}`),
];

const count = (items: readonly unknown[], word: string): string =>
  `${items.length} ${word}${items.length === 1 ? "" : "s"}`;
