import { parseCidr } from "../../config/ipv4.ts";
import { type Problem, show } from "../../config/problems.ts";
import type { OpenstackStack } from "./config.ts";

const CREDENTIAL = ["hardware", "auth", "applicationCredential"];

/** What a cloud needs to be told, and must not be told twice. */
export const checkConfig = (config: OpenstackStack): Problem[] => [
  ...checkAuth(config),
  ...checkAllow(config),
];

function checkAuth({ hardware: { auth, cloud } }: OpenstackStack): Problem[] {
  if (auth === null) return [];
  if (cloud !== null) {
    const expected = "nothing: hardware.auth says who is let in; leave one of the two out";
    return [{ path: ["hardware", "cloud"], found: show(cloud), expected }];
  }
  const login = ["user", "password", "project"] as const;
  if (auth.applicationCredential !== null) {
    const given = login.filter((key) => auth[key] !== null);
    if (given.length === 0) return [];
    const expected = `no ${given.join(", ")} beside it: a credential is of one user and project`;
    return [{ path: CREDENTIAL, found: "a mapping", expected }];
  }
  return login
    .filter((key) => auth[key] === null)
    .map((key) => ({
      path: ["hardware", "auth", key],
      found: show(undefined),
      expected: `a ${key}, or an applicationCredential in place of user, password and project`,
      about: [CREDENTIAL],
    }));
}

/** The other nodes are reached through the control node's SSH. */
function checkAllow({ hardware: { allow } }: OpenstackStack): Problem[] {
  const networks = allow.flatMap(({ from }, index): Problem[] =>
    parseCidr(from) === undefined
      ? [
          {
            path: ["hardware", "allow", index, "from"],
            found: show(from),
            expected: "an IPv4 network, e.g. 203.0.113.0/24",
          },
        ]
      : [],
  );
  if (allow.some(({ port, protocol }) => port === 22 && protocol === "tcp")) return networks;
  const found = `no rule for port 22`;
  const expected =
    "one such as { port: 22, from: 203.0.113.0/24 }: every node is reached through SSH on the control node";
  return [...networks, { path: ["hardware", "allow"], found, expected }];
}
