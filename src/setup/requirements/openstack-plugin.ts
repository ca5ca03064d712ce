import { enginePin, hasOpenstackPlugin, isOwnLanguageHost } from "../../config/engine.ts";
import { engineRoot } from "../../engine/environment.ts";
import { buildOpenstackPlugin } from "../engine/openstack.ts";
import type { Requirement } from "../types.ts";

export const openstackPlugin: Requirement = {
  id: "openstack-plugin",
  title: "Pulumi plugin for OpenStack",
  neededBy: "nodes on a cloud; not for labs on this machine",
  async probe() {
    const { openstackPlugin: version } = enginePin();
    if (hasOpenstackPlugin()) return { found: version, state: "ok" };
    const root = engineRoot();
    if (root !== undefined && !(await isOwnLanguageHost(root))) {
      return { found: `${version} is downloaded by the official engine when it is first used`, state: "ok" };
    }
    return { found: "not built yet", state: "warn" };
  },
  fix: { text: "scripts/setup", run: buildOpenstackPlugin, later: true },
};
