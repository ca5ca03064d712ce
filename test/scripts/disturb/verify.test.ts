import { expect, test } from "vitest";
import { verifiedBy } from "../../../scripts/disturb/verify.ts";

const good = { check: "nova/start", node: "control", ok: true };
const bad = { check: "glance/start", node: "control", ok: false };

test.each([
  ["all ok", 0, [good], { clean: true, failed: [] }],
  ["one failed", 1, [good, bad], { clean: false, failed: ["control glance/start"] }],
  ["cut off while all was ok", null, [good], { clean: false, failed: [] }],
  ["nothing looked at", 0, [], { clean: false, failed: [] }],
])("%s", (_name, code, checks, said) => {
  expect(verifiedBy(code, checks)).toEqual(said);
});
