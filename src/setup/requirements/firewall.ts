import { firewallProblems, readFirewall } from "../../hardware/firewall.ts";
import type { Requirement } from "../types.ts";

export const firewall: Requirement = {
  id: "firewall",
  title: "firewall",
  neededBy: "what nodes send outside, and SSH to them",
  async probe() {
    const { tables, out, hidden } = await readFirewall();
    if (hidden) {
      const fix = "run `lab doctor` as root to have it looked at";
      return { found: "cannot be read by this user", state: "ok", fix };
    }
    const problems = firewallProblems(tables, out);
    if (problems.length === 0) return { found: "lets labs through", state: "ok" };
    return {
      found: problems.map(({ found }) => found).join("; "),
      state: "warn",
      fix: problems.map(({ fix }) => fix).join("\n"),
    };
  },
  fix: { text: "let the bridges of labs through (their names begin with ss)" },
};
