import type { Chain, Condition, Packet, Rule, Table, Verdict } from "./firewall-rules.ts";

/** Options with a value that say something about a packet, and what. */
const OPTIONS: Readonly<Record<string, keyof Packet>> = {
  "-i": "iif",
  "-o": "oif",
  "-s": "from",
  "-d": "to",
  "-p": "protocol",
  "--dport": "port",
  "--dports": "port",
  "--ctstate": "state",
  "--state": "state",
};

/** Options that only name what the next ones belong to, or explain. */
const SILENT: readonly string[] = ["-m", "--comment", "--reject-with", "--log-prefix", "--log-level"];

/** Targets that end a packet's way, or go on with the next rule. */
const TARGETS: Readonly<Record<string, Verdict>> = {
  ACCEPT: { do: "accept" },
  DROP: { do: "drop" },
  REJECT: { do: "drop" },
  RETURN: { do: "return" },
};

const HOOKS: Readonly<Record<string, string>> = { FORWARD: "forward", INPUT: "input", OUTPUT: "output" };

/** The table `filter` in what `iptables-save -t filter` printed. @returns undefined where there are no chains */
export function iptablesTable(saved: string, program: "iptables" | "iptables-legacy"): Table | undefined {
  const lines = saved.split("\n").map((line) => line.trim());
  const chains = lines.flatMap((line): Chain[] => {
    const [, name = "", policy = ""] = /^:(\S+) (\S+)/.exec(line) ?? [];
    if (name === "") return [];
    const hook = HOOKS[name];
    const rules = lines.filter((one) => one.startsWith(`-A ${name} `)).map(ruleOf);
    return [{ name, rules, ...(hook === undefined ? {} : { base: { hook, drops: policy === "DROP" } }) }];
  });
  return chains.length === 0 ? undefined : { name: program, program, chains };
}

function ruleOf(text: string): Rule {
  const [, , ...words] = text.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? [];
  const when: Condition[] = [];
  let verdict: Verdict = { do: "continue" };
  let not = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    const value = words[at + 1] ?? "";
    const of = OPTIONS[word];
    if (word === "!") {
      not = true;
      continue;
    }
    if (of !== undefined) {
      when.push({
        of,
        wanted: value.toLowerCase() === "all" ? [] : value.split(","),
        not: not !== (value === "all"),
      });
      at += 1;
    } else if (word === "-j" || word === "-g") {
      verdict =
        TARGETS[value] ??
        (/^[A-Z]+$/.test(value) && NO_CHAINS.includes(value)
          ? verdict
          : { do: word === "-j" ? "jump" : "goto", chain: value });
      at += 1;
    } else if (SILENT.includes(word)) {
      at += 1;
    } else if (word.startsWith("-")) {
      when.push({ of: "unknown" });
    }
    not = false;
  }
  return { when, verdict, text };
}

/** Targets after which the next rule has its turn. */
const NO_CHAINS: readonly string[] = [
  "LOG",
  "NFLOG",
  "MARK",
  "CONNMARK",
  "TCPMSS",
  "AUDIT",
  "TRACE",
  "NOTRACK",
  "CT",
];
