import type { BrokerUserAction } from "../curriculum/actions.ts";
import { quote } from "./quote.ts";
import { heredoc } from "./shell.ts";
import type { Difference, Kind } from "./types.ts";

/** A RabbitMQ user. `rabbitmqctl` takes passwords from stdin where none stands in its arguments. */
export const brokerUser: Kind<BrokerUserAction> = {
  commands: (action) => [
    `rabbitmqctl add_user ${user(action)} ${heredoc(action.password)}`,
    `rabbitmqctl set_permissions -p ${vhost(action)} ${user(action)} '.*' '.*' '.*'`,
  ],

  script: (action) =>
    `
if ${authenticate(action)}
then
  echo ${quote(`user ${action.user}: already there`)}
elif rabbitmqctl --silent list_users </dev/null | cut -f1 | grep -qxF -e ${user(action)}; then
  rabbitmqctl --silent change_password ${user(action)} ${heredoc(action.password)}
  echo ${quote(`user ${action.user}: password changed`)}
else
  rabbitmqctl --silent add_user ${user(action)} ${heredoc(action.password)}
  echo ${quote(`user ${action.user}: added`)}
fi
rabbitmqctl --silent set_permissions -p ${vhost(action)} ${user(action)} '.*' '.*' '.*' </dev/null`.trim(),

  probe: (action) =>
    `
if ${authenticate(action)}
then echo accepted; else echo refused; fi
rabbitmqctl --silent list_user_permissions ${user(action)} </dev/null 2>/dev/null || true`.trim(),

  compare: (action, answer) => {
    const [login = "", ...rights] = answer.trim().split("\n");
    const found: Difference[] = [];
    if (login !== "accepted") {
      found.push({
        what: `login of broker user ${action.user}`,
        expected: "accepted",
        seen: login || "no answer",
      });
    }
    const wanted = action.vhost ?? "/";
    const seen = rights.map((line) => line.split("\t")).find(([name]) => name === wanted);
    if (seen?.slice(1).join(" ") !== ".* .* .*") {
      const what = `rights of ${action.user} on ${wanted}`;
      found.push({ what, expected: "all", seen: seen?.slice(1).join(" ") || "none" });
    }
    return found;
  },

  undo: (action) => `rabbitmqctl --silent delete_user ${user(action)} </dev/null || true`,
};

function authenticate(action: BrokerUserAction): string {
  return `rabbitmqctl --silent authenticate_user ${user(action)} >/dev/null 2>&1 ${heredoc(action.password)}`;
}

function user(action: BrokerUserAction): string {
  return quote(action.user);
}

function vhost(action: BrokerUserAction): string {
  return quote(action.vhost ?? "/");
}
