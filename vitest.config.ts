import { defineConfig } from "vitest/config";

export { projects as default };

const HOSTS = "test/integration/hosts.test.ts";
const CLOUD = "test/integration/cloud.test.ts";
const SLOW = { testTimeout: 900_000, hookTimeout: 1_800_000 };

/**
 * `unit`: milliseconds, no machine touched. `integration`: one real lab, one file after the other. By name alone too: `hosts`, the
 * same lab on machines that the hardware layer knows nothing of, and `cloud`, nodes of another stack as servers of a Lab002
 * that stands.
 */
const projects = defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/integration/**", "node_modules/**"],
          setupFiles: ["test/unit-setup.ts"],
          // Some start a shell or Python many times: on a busy machine that is no failure.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts"],
          // Part of labs.test.ts: it takes the Lab002 that stands there for its cloud.
          exclude: [CLOUD],
          fileParallelism: false,
          ...SLOW,
        },
      },
      { test: { name: "hosts", include: [HOSTS], ...SLOW } },
      { test: { name: "cloud", include: [CLOUD], ...SLOW } },
    ],
  },
});
