import type { Action } from "../curriculum/actions.ts";
import { brokerUser } from "./broker-user.ts";
import { command } from "./command.ts";
import { database } from "./database.ts";
import { file } from "./file.ts";
import { identity } from "./identity.ts";
import { ini } from "./ini.ts";
import { network } from "./network.ts";
import { packages } from "./packages.ts";
import { schema } from "./schema.ts";
import type { Kind } from "./types.ts";
import { unit } from "./unit.ts";

export { downloadScript } from "./packages.ts";

/** Every kind of action. A new one is a member of the union, a file and a line here. */
const KINDS = {
  packages,
  ini,
  file,
  database,
  schema,
  "broker-user": brokerUser,
  unit,
  identity,
  network,
  command,
} satisfies { [K in Action["kind"]]: Kind<Extract<Action, { kind: K }>> };

/** What the kind of an action can say about it: `kindOf(action).script(action)`. */
export function kindOf<A extends Action>(action: A): Kind<A> {
  return KINDS[action.kind] as unknown as Kind<A>;
}
