import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Cloud, CloudError } from "../../../src/hardware/openstack/client.ts";
import { credentials, isProblem } from "../../../src/hardware/openstack/credentials.ts";
import { onCloud } from "./config.ts";
import { FakeCloud } from "./fake-cloud.ts";

const folder = mkdtempSync(join(tmpdir(), "scratchstack-client-"));
const certFile = join(folder, "cert.pem");
let tls: { key: string; cert: string };
let plain: FakeCloud;
let encrypted: FakeCloud;

beforeAll(async () => {
  const names = "subjectAltName=IP:127.0.0.1,DNS:cloud.invalid";
  const keyFile = join(folder, "key.pem");
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-keyout", keyFile];
  const certificate = ["-x509", "-subj", "/CN=cloud", "-addext", names, "-days", "2", "-out", certFile];
  execFileSync("openssl", ["req", ...key, ...certificate], { stdio: "ignore" });
  tls = { key: readFileSync(keyFile, "utf8"), cert: readFileSync(certFile, "utf8") };
  plain = await FakeCloud.start();
  encrypted = await FakeCloud.start(tls);
});
afterEach(() => {
  plain.asked.length = 0;
});
afterAll(() => {
  plain.stop();
  encrypted.stop();
  rmSync(folder, { recursive: true });
});

/** Logs in with what a shell has. */
async function open(env: Record<string, string>): Promise<Cloud> {
  const login = { OS_USERNAME: "me", OS_PASSWORD: "right", OS_PROJECT_NAME: "mine" };
  const found = credentials(onCloud().hardware, { env: { ...login, ...env }, read: () => undefined });
  if (isProblem(found)) throw new Error(found.found);
  return Cloud.open(found);
}

const failure = async (env: Record<string, string>): Promise<string> => {
  const error = await open(env).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CloudError);
  return (error as CloudError).message;
};

describe("a cloud with a certificate of its own", () => {
  it("is refused, and the message says what to set", async () => {
    expect(await failure({ OS_AUTH_URL: encrypted.url })).toContain("set hardware.auth.caFile, or cacert");
  });

  it("is taken with cacert", async () => {
    const { project } = await open({ OS_AUTH_URL: encrypted.url, OS_CACERT: certFile });
    expect(project.name).toBe("mine");
  });

  it("is taken where certificates are not checked", async () => {
    expect((await open({ OS_AUTH_URL: encrypted.url, OS_INSECURE: "1" })).project.name).toBe("mine");
  });

  it("is not asked when cacert cannot be read: the message names the file", async () => {
    const message = await failure({ OS_AUTH_URL: encrypted.url, OS_CACERT: "/nowhere/ca.pem" });
    expect(message).toContain("cacert /nowhere/ca.pem cannot be read (ENOENT)");
  });
});

describe("an interface", () => {
  it.each([
    ["public", {}, "GET /nova/limits"],
    ["internal", { OS_INTERFACE: "internal" }, "GET /internal/nova/limits"],
  ])("%s: its addresses are asked", async (_name, env, asked) => {
    await (await open({ OS_AUTH_URL: plain.url, ...env })).get("compute", "/limits");
    expect(plain.asked).toContain(asked);
  });

  it("that the catalogue does not have has no services", async () => {
    const cloud = await open({ OS_AUTH_URL: plain.url, OS_INTERFACE: "admin" });
    expect(cloud.has("compute")).toBe(false);
  });
});

describe("a proxy", () => {
  const passed: string[] = [];
  const sockets: Socket[] = [];
  let proxy: Server;
  let place = "";
  beforeAll(async () => {
    // Whatever it is asked for, it leads to the cloud with the certificate; what comes without a tunnel it answers itself.
    proxy = createServer((request, response) => {
      passed.push(`${request.method} ${request.url}`);
      response.writeHead(201, { "x-subject-token": "token" }).end('{"token": {}}');
    });
    proxy.on("connect", ({ url }, socket: Socket) => {
      passed.push(`CONNECT ${url}`);
      const onward = connect(Number(new URL(encrypted.url).port), "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        socket.pipe(onward).pipe(socket);
      });
      sockets.push(socket, onward);
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    place = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });
  afterEach(() => passed.splice(0));
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    proxy.closeAllConnections();
    proxy.close();
  });

  it("carries https in a tunnel; the cloud's certificate is checked all the same", async () => {
    const env = { OS_AUTH_URL: "https://cloud.invalid:5000", OS_CACERT: certFile };
    const cloud = await open({ ...env, https_proxy: `http://${place}` });
    expect(cloud.project.name).toBe("mine");
    expect(passed).toEqual(["CONNECT cloud.invalid:5000"]);
  });

  it("is asked for http without a tunnel", async () => {
    await open({ OS_AUTH_URL: "http://cloud.invalid:5000", http_proxy: place });
    expect(passed).toEqual(["POST http://cloud.invalid:5000/v3/auth/tokens"]);
  });

  it("is passed by for what no_proxy names", async () => {
    const env = { OS_AUTH_URL: "http://cloud.invalid:5000", http_proxy: place, no_proxy: ".invalid" };
    expect(await failure(env)).not.toContain("proxy");
    expect(passed).toEqual([]);
  });

  it("that is not there is named, without its password", async () => {
    const env = { OS_AUTH_URL: "https://cloud.invalid", https_proxy: "http://me:hidden@127.0.0.1:1" };
    const message = await failure(env);
    expect(message).toContain(
      "nothing listens there (through the proxy http://127.0.0.1:1 of the environment)",
    );
    expect(message).not.toContain("hidden");
  });
});
