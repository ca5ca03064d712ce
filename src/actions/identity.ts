import type { IdentityAction } from "../curriculum/actions.ts";
import { INTERFACES, identityCommands } from "./identity-commands.ts";
import { IDENTITY_LOOK } from "./identity-look.ts";
import { IDENTITY_PROGRAM } from "./identity-program.ts";
import { python } from "./shell.ts";
import type { Difference, Kind } from "./types.ts";

/** What the program answers to `look`; null for what does not exist. */
interface Answer {
  readonly projects: Readonly<Record<string, boolean>>;
  readonly roles: Readonly<Record<string, boolean>>;
  readonly users: Readonly<
    Record<string, { readonly accepted: boolean; readonly roles: readonly string[] } | null>
  >;
  /** Service → interface → URL. */
  readonly services: Readonly<Record<string, Readonly<Record<string, string>> | null>>;
}

/** Objects of Keystone, by the cloud `admin` of the node's clouds.yaml. */
export const identity: Kind<IdentityAction> = {
  commands: identityCommands,

  script: (action) => run(action, "make"),

  probe: (actions) => python(IDENTITY_LOOK, actions.map(objectsOf), "2>&1 || true"),

  compare: (action, text) => {
    const answer = parse(text);
    if (!answer) {
      const seen = text.trim().split("\n").pop() || "no answer";
      return [{ what: "Keystone", expected: "an answer", seen }];
    }
    const missing = (what: string): Difference => ({ what, expected: "exists", seen: "missing" });
    return [
      ...(action.projects ?? [])
        .filter(({ name }) => !answer.projects[name])
        .map(({ name }) => missing(`project ${name}`)),
      ...(action.roles ?? []).filter((name) => !answer.roles[name]).map((name) => missing(`role ${name}`)),
      ...(action.users ?? []).flatMap((wanted) => compareUser(wanted, answer.users[wanted.name])),
      ...(action.services ?? []).flatMap((wanted) => compareService(wanted, answer.services[wanted.name])),
    ];
  },

  undo: (action) => run(action, "remove"),
};

function compareUser(
  wanted: NonNullable<IdentityAction["users"]>[number],
  seen: Answer["users"][string] | undefined,
): Difference[] {
  if (!seen) return [{ what: `user ${wanted.name}`, expected: "exists", seen: "missing" }];
  const found: Difference[] = [];
  if (!seen.accepted) {
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
  return INTERFACES.filter((name) => seen[name] !== wanted.url).map((name) => ({
    what: `${name} endpoint of ${wanted.name}`,
    expected: wanted.url,
    seen: seen[name] ?? "missing",
  }));
}

function run(action: IdentityAction, what: "make" | "remove"): string {
  return python(IDENTITY_PROGRAM, { do: what, ...objectsOf(action) });
}

/** The objects as the programs take them: every list is there. */
function objectsOf({ projects = [], roles = [], users = [], services = [] }: IdentityAction) {
  return { projects, roles, users, services };
}

function parse(text: string): Answer | undefined {
  try {
    return JSON.parse(text.trim().split("\n").pop() ?? "") as Answer;
  } catch {
    return undefined;
  }
}
