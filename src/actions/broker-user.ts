import type { BrokerUserAction } from "../curriculum/actions.ts";
import { quote } from "./quote.ts";
import { python } from "./shell.ts";
import type { Difference, Kind } from "./types.ts";

/**
 * Prints a salted hash of the password, as RabbitMQ keeps them (base64 of a salt of four bytes and the SHA-256 of salt
 * and password); or, asked to compare, `accepted` or `refused` for the user's hash among the exported definitions.
 */
const HASH = `
import base64, hashlib, json, os, subprocess
def hashed(password, salt):
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()
def main(wanted):
    if not wanted["compare"]:
        return print(hashed(wanted["password"], os.urandom(4)))
    export = ["rabbitmqctl", "--silent", "export_definitions", "-"]
    told = subprocess.run(export, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if told.returncode != 0:
        return print("no answer")
    known = [user["password_hash"] for user in json.loads(told.stdout)["users"] if user["name"] == wanted["user"]]
    if not known:
        return print("no such user")
    right = hashed(wanted["password"], base64.b64decode(known[0])[:4]) == known[0]
    print("accepted" if right else "refused")
`.trim();

/**
 * A RabbitMQ user. `rabbitmqctl` runs with `-noinput` since 3.13 and hangs where it would read a password, so it gets a
 * salted hash: that may stand in a process list.
 */
export const brokerUser: Kind<BrokerUserAction> = {
  commands: (action) => [
    `rabbitmqctl add_user ${quote(action.user)} ${quote(action.password)}`,
    `rabbitmqctl set_permissions -p ${vhost(action)} ${quote(action.user)} '.*' '.*' '.*'`,
  ],

  script: (action) => {
    const user = quote(action.user);
    return `
known=$(${login(action)}
)
if [ "$known" = accepted ]; then
  echo ${quote(`user ${action.user}: already there`)}
else
  hash=$(${python(HASH, { compare: false, password: action.password })}
)
  if [ "$known" = refused ]; then
    rabbitmqctl --silent delete_user ${user} </dev/null
    echo ${quote(`user ${action.user}: password changed`)}
  else
    echo ${quote(`user ${action.user}: added`)}
  fi
  rabbitmqctl --silent add_user --pre-hashed-password ${user} "$hash" </dev/null
fi
rabbitmqctl --silent set_permissions -p ${vhost(action)} ${user} '.*' '.*' '.*' </dev/null`.trim();
  },

  probe: (action) =>
    `
${login(action)}
rabbitmqctl --silent list_user_permissions ${quote(action.user)} </dev/null 2>/dev/null || true`.trim(),

  compare: (action, answer) => {
    const [seen = "", ...rights] = answer.trim().split("\n");
    const found: Difference[] = [];
    if (seen !== "accepted") {
      found.push({
        what: `login of broker user ${action.user}`,
        expected: "accepted",
        seen: seen || "no answer",
      });
    }
    const wanted = action.vhost ?? "/";
    const granted = rights.map((line) => line.split("\t")).find(([name]) => name === wanted);
    if (granted?.slice(1).join(" ") !== ".* .* .*") {
      const what = `rights of ${action.user} on ${wanted}`;
      found.push({ what, expected: "all", seen: granted?.slice(1).join(" ") || "none" });
    }
    return found;
  },

  undo: (action) => `rabbitmqctl --silent delete_user ${quote(action.user)} </dev/null || true`,
};

function login(action: BrokerUserAction): string {
  return python(HASH, { compare: true, user: action.user, password: action.password });
}

function vhost(action: BrokerUserAction): string {
  return quote(action.vhost ?? "/");
}
