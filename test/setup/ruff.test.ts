import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "../../src/config/paths.ts";
import { pinnedVersion } from "../../src/setup/requirements/ruff.ts";

it("set-up installs the ruff that the configuration requires", () => {
  expect(pinnedVersion(readFileSync(join(ROOT, "ruff.toml"), "utf8"))).toMatch(/^\d+\.\d+\.\d+$/);
  expect(() => pinnedVersion('required-version = ">=0.1"')).toThrow(
    'expected required-version = "==<version>"',
  );
});
