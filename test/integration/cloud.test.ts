import { describe } from "vitest";
import { onACloud } from "./cloud.ts";

/** Not part of a plain `scripts/test`: `TEST_STACK=<a Lab002 that stands> scripts/test cloud`. */
describe("a cloud for the nodes of another stack", onACloud);
