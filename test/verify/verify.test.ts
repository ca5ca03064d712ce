import { expect, test } from "vitest";
import { readStackFile } from "../../src/hardware/stack-config.ts";
import { verify } from "../../src/verify/index.ts";
import { observed } from "../cli/fake.ts";

const config = readStackFile("lab001-local");

test("steps of nodes that are not built are not done", async () => {
  const results = await verify(
    { name: "lab001-local", config, state: observed({ nodes: [] }) },
    { only: ["keystone/start"] },
  );
  expect(results).toMatchObject([
    {
      check: "keystone/start",
      node: "control",
      ok: false,
      fault: "not-done",
      seen: expect.stringContaining("lab up"),
    },
  ]);
});

test("the expectation holds the lab's own values", async () => {
  const lab002 = readStackFile("lab002-local");
  const [result] = await verify(
    { name: "lab002-local", config: lab002, state: observed({ nodes: [] }) },
    { only: ["neutron/start"] },
  );
  expect(result?.expected).toBe(
    "two services are active, and the API answers on port 9696 in region RegionOne",
  );
});
