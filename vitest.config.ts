import { defineConfig } from "vitest/config";

export { projects as default };

const CLOUD = "test/integration/cloud.test.ts";
const HOSTS = "test/integration/hosts-lab.test.ts";
const SLOW = { testTimeout: 1_800_000, hookTimeout: 1_800_000 };

/**
 * `unit`: milliseconds, no machine touched. `integration`: one real lab, one file after the other. `hosts`:
 * Lab002 on machines that the hardware layer knows nothing of. `cloud`: servers of a Lab002 that stands as nodes.
 */
const projects = defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/integration/**", "node_modules/**"],
          // Some start a shell or Python many times: on a busy machine that is no failure.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts"],
          exclude: [CLOUD, HOSTS],
          fileParallelism: false,
          testTimeout: 900_000,
          hookTimeout: 1_800_000,
        },
      },
      { test: { name: "hosts", include: [HOSTS], ...SLOW } },
      { test: { name: "cloud", include: [CLOUD], ...SLOW } },
    ],
  },
});
