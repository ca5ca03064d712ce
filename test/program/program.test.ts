import { runtime } from "@pulumi/pulumi";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { program } from "../../src/program/lab-stack.ts";

beforeAll(async () => {
  const newResource = ({ name, inputs }: runtime.MockResourceArgs) => ({ id: name, state: inputs });
  await runtime.setMocks({ newResource, call: ({ inputs }) => inputs }, "scratchstack", "mine");
  const auth = { url: "http://a", user: "me", password: "pw", project: "p" };
  const hardware = {
    kind: "openstack",
    auth,
    image: "debian-13",
    flavors: { default: "m1.medium" },
    externalNetwork: "public",
  };
  runtime.setAllConfig({
    "scratchstack:lab": "lab001",
    "scratchstack:hardware": JSON.stringify(hardware),
  });
});
afterEach(() => vi.unstubAllEnvs());

test("bare pulumi in a shell of another cloud is refused, with the variables and without their values", async () => {
  vi.stubEnv("OS_CLOUD", "b");
  vi.stubEnv("OS_PASSWORD", "hidden");
  vi.stubEnv("OS_ENDPOINT_TYPE", "internal");
  const error = await program().catch((thrown: unknown) => thrown);
  const { message } = error as Error;
  expect(message).toContain("environment: found OS_CLOUD, OS_PASSWORD, OS_ENDPOINT_TYPE");
  expect(message).toContain("`unset OS_CLOUD OS_PASSWORD; export OS_ENDPOINT_TYPE=public`");
  expect(message).not.toContain("hidden");
});
