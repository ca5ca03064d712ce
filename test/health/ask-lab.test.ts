import { expect, test } from "vitest";
import { NOTHING } from "../../src/engine/stack.ts";
import { parseStackConfig } from "../../src/hardware/stack-config.ts";
import { causesIn } from "../../src/health/ask-lab.ts";
import type { Runner } from "../../src/transport/runner.ts";

const config = parseStackConfig("test", { lab: "lab002" });
const OTHER = "no connection to network (10.0.0.13)";
const cause = { name: "network", node: "control", step: "base/name-resolution", fix: "look", hint: false };

/** The causes of a lab whose control node reaches nobody. @param made its nodes @param away those that do not answer */
async function causes(made: readonly string[], away: readonly string[] = []): Promise<string[]> {
  const nodes = made.map((name) => ({ name, connection: { host: name } }));
  const state = { ...NOTHING, nodes } as unknown as typeof NOTHING;
  const runAll = async (work: readonly { endpoint: { name: string } }[]): Promise<unknown> =>
    work.map(({ endpoint }) => ({
      endpoint,
      ...(away.includes(endpoint.name) && { unreachable: "no answer" }),
      outcomes:
        endpoint.name === "control"
          ? [{ script: { batch: { causes: () => [{ ...cause, found: OTHER }] } }, outcome: { answer: {} } }]
          : [],
    }));
  const found = await causesIn(
    { name: "test", config, state },
    {
      runAll: runAll as unknown as Runner["runAll"],
    },
  );
  return found.map((one) => one.found);
}

test("a node that another does not reach is a cause", async () => {
  expect(await causes(["control", "compute", "network"])).toEqual([OTHER]);
});

test("none is a node that this machine does not reach either", async () => {
  expect(await causes(["control", "compute", "network"], ["network"])).toEqual([]);
});

test("none is a node that is not made yet, or was taken back", async () => {
  expect(await causes(["control", "compute"])).toEqual([]);
});
