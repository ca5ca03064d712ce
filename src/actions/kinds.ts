import type { Action } from "../curriculum/actions.ts";
import { brokerUserKind } from "./broker-user/index.ts";
import { commandKind } from "./command/index.ts";
import { databaseKind } from "./database/index.ts";
import { fileKind } from "./file/index.ts";
import { identityKind } from "./identity/index.ts";
import { iniKind } from "./ini/index.ts";
import { linesKind } from "./lines/index.ts";
import { networkKind } from "./network/index.ts";
import { packagesKind } from "./packages/index.ts";
import { schemaKind } from "./schema/index.ts";
import type { ActionKind } from "./types.ts";
import { unitKind } from "./unit/index.ts";

/** Every kind of action. A new kind is a folder, a line here, and a member of the union `Action`. */
export const KINDS = {
  packages: packagesKind,
  ini: iniKind,
  file: fileKind,
  lines: linesKind,
  database: databaseKind,
  schema: schemaKind,
  "broker-user": brokerUserKind,
  unit: unitKind,
  identity: identityKind,
  network: networkKind,
  command: commandKind,
} satisfies { readonly [K in Action["kind"]]: ActionKind<Extract<Action, { kind: K }>> };
