import { createServer } from "node:net";
import { expect, test } from "vitest";
import { answers } from "../../../scripts/bench/answers.ts";

test("a port answers while something listens", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  expect(await answers("127.0.0.1", port, 5_000)).toBe(true);
  await new Promise((resolve) => server.close(resolve));
  expect(await answers("127.0.0.1", port, 5_000)).toBe(false);
});
