import { runtime, type URN } from "@pulumi/pulumi";
import { beforeAll, expect, test } from "vitest";
import { LABS } from "../../src/curriculum/labs.ts";
import * as hardware from "../../src/hardware/local/declare.ts";
import { parseStackConfig } from "../../src/hardware/stack-config.ts";
import { LabStack } from "../../src/program/lab-stack.ts";

beforeAll(async () => {
  const stdout = '{"private": "", "public": ""}';
  const newResource = ({ name, inputs }: runtime.MockResourceArgs) => ({
    id: name,
    state: { ...inputs, stdout },
  });
  await runtime.setMocks({ newResource, call: ({ inputs }) => inputs }, "scratchstack", "mine");
});

/** The URN of the stack's root in a lab, under which all else is. */
function root(lab: string): Promise<URN> {
  const nothing = { steps: new Set<string>(), nodes: new Set(["control"]), untouched: [] };
  const stack = new LabStack("mine", parseStackConfig("mine", { lab }), hardware, { scope: nothing });
  return new Promise((resolve) => stack.urn.apply(resolve));
}

test("a stack that goes on to another lab keeps its root: what is left out of a run keeps its parent", async () => {
  const roots = await Promise.all(Object.keys(LABS).map(root));
  expect(new Set(roots)).toEqual(new Set(["urn:pulumi:mine::scratchstack::scratchstack:lab:Lab::mine"]));
});
