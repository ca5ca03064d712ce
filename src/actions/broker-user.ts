import type { BrokerUserAction } from "../curriculum/actions.ts";
import { NEXT } from "./answers.ts";
import { quote } from "./quote.ts";
import { heredoc } from "./shell.ts";
import type { Difference, Kind } from "./types.ts";

/**
 * Has the broker evaluate what comes on stdin, and prints what that prints. As `rabbitmqctl eval` does, which starts an Erlang of its own for it
 * and takes more than a second of a processor.
 */
const EVALUATE =
  'HOME=/var/lib/rabbitmq erl_call -sname "rabbit@$(hostname -s)" -fetch_stdout -no_result_term -e';

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

  probe: (actions) => `${EVALUATE} ${heredoc(looking(actions), "2>/dev/null || echo refused")}`,

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

/** What the broker is asked to print, in its own language: of each user whether it may log in, then its rights, a line for each vhost. */
const looking = (actions: readonly BrokerUserAction[]): string =>
  `
Look = fun({User, Password}) ->
  Login = case rabbit_access_control:check_user_pass_login(User, Password) of
    {ok, _} -> "accepted";
    _ -> "refused"
  end,
  Rights = case catch rabbit_auth_backend_internal:list_user_permissions(User) of
    Found when is_list(Found) -> Found;
    _ -> []
  end,
  io:format("~s~n", [Login]),
  [io:format("~ts\t~ts\t~ts\t~ts~n", [V, C, W, R]) || [{vhost, V}, {configure, C}, {write, W}, {read, R}] <- Rights]
end,
${actions.map((action) => `Look({${binary(action.user)}, ${binary(action.password)}})`).join(`,\nio:format("${NEXT}~n"),\n`)}.
`.trim();

/** Its bytes by number: nothing in it can be taken for the end of it. */
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
