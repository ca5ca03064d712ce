import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";

// Unit tests touch no machine: neither what this one has recorded of stacks nor what its networks are decides what they see.
vi.stubEnv("SCRATCHSTACK_HOME", join(tmpdir(), "scratchstack-unit-tests-have-no-home"));
vi.stubEnv("PULUMI_BACKEND_URL", undefined);
vi.mock("../src/hardware/local/routes.ts", async (load) => ({
  ...(await load<typeof import("../src/hardware/local/routes.ts")>()),
  routesHere: () => [],
}));
