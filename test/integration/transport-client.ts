import { readFileSync } from "node:fs";
import { SshPool } from "../../src/transport/ssh.ts";

// Run by a test that kills it: one command over a connection given on stdin.
const { connection, command } = JSON.parse(readFileSync(0, "utf8"));
await new SshPool().exec(connection, { command });
