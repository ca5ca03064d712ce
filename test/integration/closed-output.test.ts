import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "../../src/config/paths.ts";
import { run } from "../../src/setup/exec.ts";

/** Exit code of a command that ended by the hangup signal, as after a closed terminal. */
const HUNG_UP = 129;

it("ends when the reader of its output and messages has ended", async () => {
  const lab = join(ROOT, "scripts/lab");
  const piped = `timeout 60 ${lab} preview --stack lab001-local 2>&1 | true; echo "\${PIPESTATUS[0]}"`;
  expect(await run("bash", ["-c", piped])).toMatchObject({ stdout: `${HUNG_UP}\n` });
});
