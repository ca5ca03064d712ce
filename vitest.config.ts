import { defineConfig } from "vitest/config";

export { projects as default };

const CLOUD = "test/integration/cloud.test.ts";

/**
 * `unit`: milliseconds, no machine touched. `integration`: one real lab, one file after the other. `cloud`:
 * servers of a Lab002 that stands as nodes.
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
          exclude: [CLOUD],
          fileParallelism: false,
          testTimeout: 900_000,
          hookTimeout: 1_800_000,
        },
      },
      {
        test: { name: "cloud", include: [CLOUD], testTimeout: 1_800_000, hookTimeout: 1_800_000 },
      },
    ],
  },
});
