import type { BrokerUserAction } from "../curriculum/actions.ts";
import { NEXT } from "./answers.ts";
import { quote } from "./quote.ts";
import { heredoc } from "./shell.ts";
import type { Difference, Kind } from "./types.ts";

/**
 * A RabbitMQ user. `rabbitmqctl` takes a password from stdin, but only if the name is its one argument: its wrapper
 * counts them, and with an option besides (`--silent`) it waits for ever.
 */
export const brokerUser: Kind<BrokerUserAction> = {
  commands: (action) => [
    `rabbitmqctl add_user ${user(action)} ${heredoc(action.password)}`,
    `rabbitmqctl set_permissions -p ${vhost(action)} ${user(action)} '.*' '.*' '.*'`,
  ],

  script: (action) =>
    `
if ${withPassword("authenticate_user", action)}
then
  echo ${quote(`user ${action.user}: already there`)}
elif rabbitmqctl --silent list_users </dev/null | cut -f1 | grep -qxF -e ${user(action)}; then
  ${withPassword("change_password", action)}
  echo ${quote(`user ${action.user}: password changed`)}
else
  ${withPassword("add_user", action)}
  echo ${quote(`user ${action.user}: added`)}
fi
rabbitmqctl --silent set_permissions -p ${vhost(action)} ${user(action)} '.*' '.*' '.*' </dev/null`.trim(),

  probe: (actions) =>
    actions
      .map((action) =>
        `
if ${withPassword("authenticate_user", action)}
then echo accepted; else echo refused; fi
rabbitmqctl --silent list_user_permissions ${user(action)} </dev/null 2>/dev/null || true`.trim(),
      )
      .join(`\necho ${quote(NEXT)}\n`),

  compare: (action, answer) => {
    const [login = "", ...rights] = answer.trim().split("\n");
    const found: Difference[] = [];
    if (login !== "accepted") {
      const what = `login of broker user ${action.user}`;
      found.push({ what, expected: "accepted", seen: login || "no answer" });
    }
    const wanted = action.vhost ?? "/";
    const granted = rights.map((line) => line.split("\t")).find(([name]) => name === wanted);
    const seen = granted?.slice(1).join(" ") ?? "none";
    if (seen !== ".* .* .*") {
      found.push({ what: `rights of ${action.user} on ${wanted}`, expected: ".* .* .*", seen });
    }
    return found;
  },

  undo: (action) => `rabbitmqctl --silent delete_user ${user(action)} </dev/null || true`,
};

function withPassword(verb: string, action: BrokerUserAction): string {
  return `rabbitmqctl ${verb} ${user(action)} >/dev/null 2>&1 ${heredoc(action.password)}`;
}

function user(action: BrokerUserAction): string {
  return quote(action.user);
}

function vhost(action: BrokerUserAction): string {
  return quote(action.vhost ?? "/");
}
