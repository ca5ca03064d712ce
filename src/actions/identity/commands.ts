import { quote } from "../../config/quote.ts";
import type { IdentityAction } from "../../curriculum/actions.ts";
import { CLIENT, heredoc } from "../shell.ts";

/** The three endpoints that a service has in the catalog. */
export const INTERFACES = ["public", "internal", "admin"] as const;

/** What a person types for objects of Keystone, in order: a line for each. */
export function identityCommands(action: IdentityAction): string[] {
  const { projects = [], roles = [], users = [], services = [] } = action;
  return [
    CLIENT,
    ...projects.map(({ name, description = "" }) =>
      line("project create --or-show --domain default --description", description, name),
    ),
    ...roles.map((name) => line("role create --or-show", name)),
    ...users.flatMap(({ name, password, project, roles: granted }) => [
      // The client also reads commands from stdin, which keeps the password out of the process list. Then it always exits 1.
      `openstack ${heredoc(
        `user create --or-show --domain default --password ${quote(password)} ${quote(name)}`,
        `|| openstack user show --domain default ${quote(name)}`,
      )}`,
      ...granted.map((role) => line("role add --project", project, "--user", name, role)),
    ]),
    ...services.flatMap(({ name, type, description, url, region }) => [
      line("service create --name", name, "--description", description, type),
      ...INTERFACES.map((interfaceName) =>
        line(
          "endpoint create",
          ...(region === undefined ? [] : ["--region", region]),
          type,
          interfaceName,
          url,
        ),
      ),
    ]),
  ];
}

function line(words: string, ...values: string[]): string {
  const rest = values.map((value) => (value.startsWith("--") ? value : quote(value)));
  return ["openstack", words, ...rest].join(" ");
}
