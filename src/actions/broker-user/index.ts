import { programText } from "../../config/program-text.ts";
import { quote } from "../../config/quote.ts";
import type { BrokerUserAction } from "../../curriculum/actions.ts";
import { NEXT } from "../answers.ts";
import { heredoc } from "../shell.ts";
import type { ActionKind, Difference } from "../types.ts";

/**
 * Has the broker evaluate Erlang from stdin, and prints what that prints. `rabbitmqctl eval` does the same, but starts an Erlang of its
 * own, which takes more than a second of a processor.
 */
const EVALUATE =
  'HOME=/var/lib/rabbitmq timeout --kill-after=2 25 erl_call -sname "rabbit@$(hostname -s)" -fetch_stdout -no_result_term -e';

/**
 * A RabbitMQ user. `rabbitmqctl` reads a password from stdin only if the user's name is its one argument: its wrapper counts the
 * arguments, and with another one (`--silent`) it waits for ever.
 */
export const brokerUserKind: ActionKind<BrokerUserAction> = {
  commands: (action) => [
    `rabbitmqctl add_user ${user(action)} ${heredoc(action.password)}`,
    `rabbitmqctl set_permissions -p ${vhost(action)} ${user(action)} '.*' '.*' '.*'`,
  ],

  script: (action) =>
    programText("actions/broker-user/add.sh", {
      AUTHENTICATE: withPassword("authenticate_user", action),
      CHANGE_PASSWORD: withPassword("change_password", action),
      ADD_USER: withPassword("add_user", action),
      SAY_THERE: quote(`user ${action.user}: already there`),
      SAY_CHANGED: quote(`user ${action.user}: password changed`),
      SAY_ADDED: quote(`user ${action.user}: added`),
      USER: user(action),
      VHOST: vhost(action),
    }),

  probe: (actions) => `${EVALUATE} ${heredoc(questions(actions), "2>/dev/null || echo refused")}`,

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

  summary: (action) => `create broker user ${action.user}`,
  look: (action) => ["rabbitmqctl list_users", `rabbitmqctl list_user_permissions ${user(action)}`],
  back: (action) => [`rabbitmqctl delete_user ${user(action)}`],
};

/** Erlang that prints for each user whether it can log in, then its rights, a line for each vhost. */
const questions = (actions: readonly BrokerUserAction[]): string =>
  programText("actions/broker-user/probe.erl", {
    LOOKS: actions
      .map((action) => `Look({${binary(action.user)}, ${binary(action.password)}})`)
      .join(`,\nio:format("${NEXT}~n"),\n`),
  });

/** The bytes of a text by number, so that nothing in it can be taken for its end. */
const binary = (text: string): string => `<<${new TextEncoder().encode(text).join(",")}>>`;

function withPassword(verb: string, action: BrokerUserAction): string {
  return `rabbitmqctl ${verb} ${user(action)} >/dev/null 2>&1 ${heredoc(action.password)}`;
}

function user(action: BrokerUserAction): string {
  return quote(action.user);
}

function vhost(action: BrokerUserAction): string {
  return quote(action.vhost ?? "/");
}
