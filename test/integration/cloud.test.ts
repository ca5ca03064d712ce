import { describe } from "vitest";
import { onACloud } from "./cloud.ts";

/** By name alone, on a lab of one's own: `TEST_STACK=<a Lab002 that stands> scripts/test cloud`. */
describe("a cloud for the nodes of another stack", onACloud);
