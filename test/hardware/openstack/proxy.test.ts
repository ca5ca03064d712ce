import { expect, it } from "vitest";
import { proxyFor } from "../../../src/hardware/openstack/proxy.ts";
import cases from "../../cases/hardware/openstack/proxy.json" with { type: "json" };

it.each(cases)("proxy: $case", ({ url, env, proxy }) => {
  expect(proxyFor(new URL(url), env)?.href).toBe(proxy);
});
