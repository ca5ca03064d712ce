import { describe, expect, it } from "vitest";
import { corrections, pluginEnvironment } from "../../../src/hardware/openstack/plugin-environment.ts";
import cases from "../../cases/hardware/openstack/plugin-environment.json" with { type: "json" };
import { onCloud } from "./config.ts";

describe("the plugin's environment", () => {
  it.each(cases)("$case", async ({ hardware = {}, env, clouds, plugin, corrections: expected }) => {
    const surroundings = {
      env: { HOME: "/home/me", ...env },
      read: (path: string) => (path === "/etc/openstack/clouds.yaml" ? clouds : undefined),
    };
    const choice = onCloud(hardware).hardware;
    // The file's text in place of its path.
    expect(await pluginEnvironment(choice, surroundings, async (content) => content)).toEqual(plugin);
    expect(corrections(choice, surroundings)).toEqual(expected);
  });

  it("has no secret in the clouds.yaml that is written", async () => {
    const clouds =
      "clouds: {a: {auth: {auth_url: 'http://a', username: me, password: hidden, project_name: p}}}";
    const saved: string[] = [];
    const surroundings = { env: {}, read: () => clouds };
    await pluginEnvironment(onCloud({ cloud: "a" }).hardware, surroundings, async (content) => {
      saved.push(content);
      return "/clouds.yaml";
    });
    expect(saved).toHaveLength(1);
    expect(saved.join()).not.toContain("hidden");
  });
});
