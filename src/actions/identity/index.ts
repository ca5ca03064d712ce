import { programText } from "../../config/program-text.ts";
import { quote } from "../../config/quote.ts";
import type { IdentityAction } from "../../curriculum/actions.ts";
import { NEXT } from "../answers.ts";
import { apiProgram, lastLineAsJson, noAnswer } from "../cloud-api.ts";
import { CLIENT, python } from "../shell.ts";
import type { ActionKind, Difference } from "../types.ts";
import { INTERFACES, identityCommands } from "./commands.ts";

/** Makes or removes objects with openstacksdk; one client start for all of them. */
const PROGRAM = programText("actions/identity/objects.py");
/** Logs in once, reads each list once, and logs in as each user whose password is probed. */
const PROBE = apiProgram(programText("actions/identity/probe.py", { NEXT }));

/** What the probe prints; null for what does not exist. Of projects: whether they are enabled. */
interface Answer {
  readonly projects: Readonly<Record<string, boolean | null>>;
  readonly roles: Readonly<Record<string, boolean>>;
  readonly users: Readonly<
    Record<
      string,
      { readonly enabled: boolean; readonly accepted: boolean; readonly roles: readonly string[] } | null
    >
  >;
  readonly services: Readonly<Record<string, SeenService | null>>;
}

interface SeenService {
  readonly enabled: boolean;
  /** Interface → URL, or `disabled`. */
  readonly endpoints: Readonly<Record<string, string>>;
}

/** Objects of Keystone, made by the cloud `admin` of the node's clouds.yaml. */
export const identityKind: ActionKind<IdentityAction> = {
  commands: identityCommands,

  script: (action) => run(action, "make"),

  probe: (actions) => python(PROBE, actions.map(objectsOf), "2>&1 || true"),

  compare: (action, text) => {
    const answer = lastLineAsJson<Answer>(text);
    if (!answer) return noAnswer("Keystone", text);
    const missing = (what: string): Difference => ({ what, expected: "exists", seen: "missing" });
    return [
      ...(action.projects ?? [])
        .filter(({ name }) => !answer.projects[name])
        .map(({ name }) =>
          answer.projects[name] === false ? disabled(`project ${name}`) : missing(`project ${name}`),
        ),
      ...(action.roles ?? []).filter((name) => !answer.roles[name]).map((name) => missing(`role ${name}`)),
      ...(action.users ?? []).flatMap((wanted) => compareUser(wanted, answer.users[wanted.name])),
      ...(action.services ?? []).flatMap((wanted) => compareService(wanted, answer.services[wanted.name])),
    ];
  },

  undo: (action) => run(action, "remove"),

  summary: ({ projects = [], roles = [], users = [], services = [] }) => {
    const objects = [
      ...projects.map(({ name }) => `project ${name}`),
      ...roles.map((name) => `role ${name}`),
      ...users.map(({ name }) => `user ${name}`),
      ...services.map(({ name }) => `service ${name} with three endpoints`),
    ];
    return `create ${objects.join(", ")}`;
  },
  look: ({ projects = [], roles = [], users = [], services = [] }) => [
    CLIENT,
    ...(projects.length > 0 ? ["openstack project list"] : []),
    ...(roles.length > 0 ? ["openstack role list"] : []),
    ...users.map(({ name }) => `openstack role assignment list --names --user ${quote(name)}`),
    ...services.map(({ name }) => `openstack catalog show ${quote(name)}`),
  ],
  back: ({ projects = [], roles = [], users = [], services = [] }) => [
    CLIENT,
    ...services.map(({ name }) => `openstack service delete ${quote(name)}`),
    ...users.map(({ name }) => `openstack user delete ${quote(name)}`),
    ...roles.map((name) => `openstack role delete ${quote(name)}`),
    ...projects.map(({ name }) => `openstack project delete ${quote(name)}`),
  ],
};

function compareUser(
  wanted: NonNullable<IdentityAction["users"]>[number],
  seen: Answer["users"][string] | undefined,
): Difference[] {
  if (!seen) return [{ what: `user ${wanted.name}`, expected: "exists", seen: "missing" }];
  const found: Difference[] = [];
  if (!seen.enabled) found.push(disabled(`user ${wanted.name}`));
  else if (!seen.accepted) {
    found.push({ what: `password of user ${wanted.name}`, expected: "accepted", seen: "refused" });
  }
  for (const role of wanted.roles.filter((name) => !seen.roles.includes(name))) {
    const what = `role ${role} of user ${wanted.name} in ${wanted.project}`;
    found.push({ what, expected: "granted", seen: "not granted" });
  }
  return found;
}

function compareService(
  wanted: NonNullable<IdentityAction["services"]>[number],
  seen: Answer["services"][string] | undefined,
): Difference[] {
  if (!seen) return [{ what: `service ${wanted.name}`, expected: "exists", seen: "missing" }];
  const { enabled, endpoints } = seen;
  const wrong = INTERFACES.filter((name) => endpoints[name] !== wanted.url).map((name) => ({
    what: `${name} endpoint of ${wanted.name}`,
    expected: wanted.url,
    seen: endpoints[name] ?? "missing",
  }));
  return enabled ? wrong : [disabled(`service ${wanted.name}`), ...wrong];
}

/** Somebody disabled it: Keystone keeps it, and nobody can use it. */
const disabled = (what: string): Difference => ({ what, expected: "enabled", seen: "disabled" });

function run(action: IdentityAction, what: "make" | "remove"): string {
  return python(PROGRAM, { do: what, ...objectsOf(action) });
}

/** The objects as the programs take them, with every list. */
function objectsOf({ projects = [], roles = [], users = [], services = [] }: IdentityAction) {
  return { projects, roles, users, services };
}
