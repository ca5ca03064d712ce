import { describe, expect, it } from "vitest";
import { credentials, isProblem } from "../../../src/hardware/openstack/credentials.ts";
import cases from "../../cases/hardware/openstack/credentials.json" with { type: "json" };
import { onCloud } from "./config.ts";

describe("credentials", () => {
  it.each(cases)(
    "$case",
    ({ hardware = {}, env = {}, files = {}, folder, credentials: expected, problem }) => {
      const all: Readonly<Record<string, string>> = { ...files };
      const found = credentials(onCloud(hardware).hardware, {
        env: { HOME: "/home/me", ...env },
        read: (path) => all[path],
        ...(folder === undefined ? {} : { folder }),
      });
      if (isProblem(found)) {
        expect(`${found.where}: found ${found.found}, expected ${found.expected}`).toBe(problem);
        expect(found.fix).not.toBe("");
        return;
      }
      const { text = "", ...rest } = expected ?? {};
      expect(found).toMatchObject(rest);
      expect(JSON.stringify(found.identity)).toContain(text);
    },
  );
});
