import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { folder, type Outcome } from "./shell.ts";

/** What the administrator logs in with, where a test names nothing else. */
const PASSWORD = "s3cr3t";

export interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Another password than that is refused. */
export function logIn(body: unknown, url: string, types: readonly string[]): Reply {
  if (!JSON.stringify(body).includes(`"password":"${PASSWORD}"`)) {
    return { status: 401, body: { error: { code: 401, message: "Who are you?" } } };
  }
  const endpoints = ["internal", "public"].map((name) => ({
    interface: name,
    region_id: "here",
    url: name === "public" ? `${url}/` : "http://127.0.0.1:1",
  }));
  const token = { project: { id: "ours" }, catalog: types.map((type) => ({ type, endpoints })) };
  return { status: 201, body: { token } };
}

/** Stands in for the services of a cloud; gone after the test. @param reply undefined where it hangs up */
export async function standIn(
  reply: (method: string, url: URL, body: Record<string, unknown>) => Reply | undefined,
): Promise<{
  url: string;
  server: Server;
  run: (script: string, password?: string) => Promise<Outcome>;
}> {
  const server = createServer(async (request, response) => {
    const said = reply(request.method ?? "", new URL(request.url ?? "", url), await bodyOf(request));
    if (!said) return void request.socket.destroy();
    response.writeHead(said.status, { "X-Subject-Token": "t0ken" });
    response.end(said.status === 204 ? "" : JSON.stringify(said.body));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, server, run: (script, password = PASSWORD) => run(script, url, password) };
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  return JSON.parse((await text(request)) || "{}");
}

/** Runs shell text while this process answers as a cloud. */
async function run(script: string, url: string, password: string): Promise<Outcome> {
  const root = folder();
  const auth = { auth_url: `${url}/v3`, username: "admin", password, project_name: "admin" };
  const domains = { user_domain_name: "Default", project_domain_name: "Default" };
  const admin = { region_name: "here", auth: { ...auth, ...domains } };
  writeFileSync(join(root, "clouds.yaml"), JSON.stringify({ clouds: { admin } }));
  // JSON is YAML, and not every machine that runs these tests has Python's yaml.
  writeFileSync(
    join(root, "yaml.py"),
    "import json\nBaseLoader = None\ndef load(file, loader): return json.load(file)\n",
  );
  const env = { ...process.env, OS_CLIENT_CONFIG_FILE: join(root, "clouds.yaml"), PYTHONPATH: root };
  const child = spawn("sh", [], { env });
  child.stdin.end(`set -eu\n${script}\n`);
  const ended = new Promise<number>((resolve) => child.on("close", (code) => resolve(code ?? -1)));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, stdout, stderr };
}
