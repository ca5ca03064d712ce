import type { Explained } from "../types.ts";

interface Rule {
  readonly pattern: RegExp;
  readonly fix: (match: RegExpExecArray) => string;
}

const AGAIN = "run `lab up` again: what is done is kept";

/** What the error messages of a cloud mean, the most specific first. */
const RULES: readonly Rule[] = [
  {
    pattern:
      /quota exceeded|overquota|exceeds? .{0,40}quota|VolumeLimitExceeded|VolumeSizeExceedsAvailableQuota/i,
    fix: () => "remove what the project no longer needs, or ask for a larger quota; then run `lab up` again",
  },
  {
    pattern: /no valid host/i,
    fix: () =>
      "the cloud has no room for a server of this flavor, or none in this availability zone: take a smaller flavor " +
      "(hardware.flavors), another hardware.availabilityZone, or ask the cloud's administrators",
  },
  {
    pattern: /no (?:more )?ip addresses|IpAddressGenerationFailure|ExternalIpAddressExhausted/i,
    fix: () =>
      "the external network has no free address: release floating addresses that nobody uses, or ask for more",
  },
  {
    pattern: /PortSecurityAndIPRequiredForSecurityGroups|create_port:port_security_enabled|port_security/i,
    fix: () =>
      "the cloud must let its users switch port security off on their own networks: ask its administrators (docs/cloud.md)",
  },
  {
    pattern:
      /(?:unable to find|no) (?:an )?image|image .{0,80}(?:not found|could not be found)|query returned no results/i,
    fix: () => "set hardware.image to an image that the cloud has; `lab preview` names those there are",
  },
  {
    pattern: /flavor .{0,80}(?:not found|could not be found)|unable to find flavor/i,
    fix: () => "set hardware.flavors to flavors that the cloud has; `lab preview` names those there are",
  },
  {
    pattern: /authentication failed|requires authentication|\b401\b/i,
    fix: () =>
      "the cloud does not take these credentials (any more): correct them, then run the command again",
  },
  {
    pattern: /request forbidden|policy does not allow|not authorized|\b403\b/i,
    fix: () =>
      "this user may not do that: ask for the role member in the project, or have the cloud's administrators look",
  },
  {
    pattern: /already (?:exists|in use|been used)|\b409\b|conflict/i,
    fix: () =>
      "something of this name or address is there already, or still in use: remove it in the cloud, or rename the stack",
  },
  {
    pattern: /timeout while waiting|timed out|context deadline exceeded|i\/o timeout/i,
    fix: () => `the cloud is slow or stuck: look at it there, or set hardware.timeouts higher; then ${AGAIN}`,
  },
  {
    pattern: /connection refused|no such host|no route to host|x509|EOF$/i,
    fix: () => `the cloud's API cannot be reached from here now: see that it can; then ${AGAIN}`,
  },
  {
    pattern: /internal server error|bad gateway|gateway timeout|overloading or maintenance|\b50[0-4]\b/i,
    fix: () => `the cloud itself failed: ${AGAIN}; if it stays so, have its administrators look`,
  },
  { pattern: /unexpected state 'error'/i, fix: () => `look at it in the cloud; then ${AGAIN}` },
];

/**
 * Explains a message of the plugin.
 * @param name of the resource, `hardware/server-control`
 * @param fault what Nova says of a server in state ERROR
 */
export function explained(name: string, message: string, fault?: string): Explained {
  const said = fault ?? sentence(message);
  const text = `${said}\n${message}`;
  for (const { pattern, fix } of RULES) {
    const match = pattern.exec(said) ?? pattern.exec(text);
    if (match !== null) return { where: resourceWords(name), said, mend: fix(match) };
  }
  return { where: resourceWords(name), said, mend: `look at it in the cloud; then ${AGAIN}` };
}

const resourceWords = (name: string): string => name.replace(/^hardware\//, "").replace(/-/g, " ");

/** The id of a server that the message is about. */
export const serverIn = (message: string): string | undefined =>
  /instance \(([0-9a-f-]{36})\) to become/.exec(message)?.[1];

/** The sentence of the cloud, without what the plugin, its bridge and its HTTP library put around it. */
function sentence(message: string): string {
  const found = answersIn(message).flatMap((answer) => deepMessage(answer) ?? [])[0];
  if (found !== undefined) return found;
  const lines = message.split("\n").flatMap((line) => {
    const bare = line
      .replace(/^\s*(?:\*|error:)\s*/i, "")
      .replace(/^sdk-v2\/\S+ sdk\.helper_schema: /, "")
      .replace(/: provider=openstack@\S+$/, "")
      .replace(/^.*?urn:pulumi:\S+:\s*/, "")
      .trim();
    return bare === "" || /^\d+ errors? occurred:?$/.test(bare) ? [] : [bare];
  });
  return [...new Set(lines)].join(" ").slice(0, 400);
}

/** Parts of a text that look like JSON: from its first brace to each closing brace, the shortest first. */
function answersIn(text: string): string[] {
  const from = text.indexOf("{");
  if (from < 0) return [];
  return [...text.matchAll(/\}/g)]
    .map(({ index }) => text.slice(from, index + 1))
    .filter((part) => part.length > 1);
}

/** `message` of an OpenStack error, however it is wrapped. */
function deepMessage(json: string): string | undefined {
  try {
    return messageOf(JSON.parse(json));
  } catch {
    return undefined;
  }
}

function messageOf(value: unknown): string | undefined {
  if (value === null || typeof value !== "object") return undefined;
  const { message } = value as { message?: unknown };
  if (typeof message === "string") return message;
  for (const below of Object.values(value)) {
    if (typeof below === "string") return below;
    const found = messageOf(below);
    if (found !== undefined) return found;
  }
  return undefined;
}
