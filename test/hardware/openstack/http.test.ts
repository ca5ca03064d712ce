import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { ask } from "../../../src/hardware/openstack/http.ts";
import { isInNetworks } from "../../../src/hardware/openstack/proxy.ts";

const TRUST = { caFile: undefined, verify: true };
const GET = { method: "GET" } as const;

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

afterEach(() => vi.unstubAllEnvs());

describe("a cloud with a certificate of its own authority", () => {
  /** An https server, and the file of its certificate. */
  async function cloud(): Promise<{ url: string; caFile: string }> {
    const folder = mkdtempSync(join(tmpdir(), "http-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [key, caFile] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const subject = ["-subj", "/CN=cloud", "-addext", "subjectAltName=IP:127.0.0.1"];
    spawnSync("openssl", [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-nodes",
      "-days",
      "2",
      ...subject,
      "-keyout",
      key,
      "-out",
      caFile,
    ]);
    const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(caFile) }, (_, response) => {
      response.end("yes");
    });
    return { url: `https://127.0.0.1:${await listening(server)}/`, caFile };
  }

  it("answers where its authority is named, and where certificates are not verified", async () => {
    const { url, caFile } = await cloud();
    expect((await ask(url, GET, { caFile, verify: true })).body).toBe("yes");
    expect((await ask(url, GET, { caFile: undefined, verify: false })).body).toBe("yes");
  });

  it("does not answer otherwise, and the message names the key to set", async () => {
    const { url } = await cloud();
    await expect(ask(url, GET, TRUST)).rejects.toThrow("set hardware.auth.caFile");
  });
});

describe("a proxy", () => {
  /** A proxy that answers itself, and says for whom. */
  const proxy = async (): Promise<string> => {
    const server = createServer((request, response) => {
      response.end(`proxied ${request.url}`);
    });
    return `http://127.0.0.1:${await listening(server)}`;
  };
  const direct = async (): Promise<string> => {
    const server = createServer((_, response) => {
      response.end("direct");
    });
    return `http://127.0.0.1:${await listening(server)}/`;
  };

  it("is used where the environment names one", async () => {
    vi.stubEnv("HTTP_PROXY", await proxy());
    // The environment is read once.
    vi.resetModules();
    const fresh = await import("../../../src/hardware/openstack/http.ts");
    expect((await fresh.ask("http://cloud.example.org/v3", GET, TRUST)).body).toBe(
      "proxied http://cloud.example.org/v3",
    );
  });

  it("is not used for an address in a network of NO_PROXY", async () => {
    vi.stubEnv("HTTP_PROXY", await proxy());
    vi.stubEnv("NO_PROXY", "example.org, 127.0.0.0/8");
    expect((await ask(await direct(), GET, TRUST)).body).toBe("direct");
  });

  it.each([
    ["10.1.2.3", "10.0.0.0/8", true],
    ["10.1.2.3", "localhost 192.168.0.0/16,10.1.2.0/24", true],
    ["11.1.2.3", "10.0.0.0/8", false],
    ["cloud.example.org", "10.0.0.0/8", false],
    ["10.1.2.3", "", false],
  ])("%s is in the networks of NO_PROXY=%s: %s", (host, noProxy, inside) => {
    expect(isInNetworks(host, noProxy)).toBe(inside);
  });
});

describe("a request", () => {
  it("sends its body as JSON", async () => {
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (text: Buffer) => {
        body += text.toString();
      });
      request.on("end", () => {
        response.setHeader("x-subject-token", "t");
        response.writeHead(201);
        response.end(`${request.headers["content-type"]} ${body}`);
      });
    });
    const url = `http://127.0.0.1:${await listening(server)}/`;
    const answer = await ask(url, { method: "POST", body: { a: 1 } }, TRUST);
    expect([answer.status, answer.headers["x-subject-token"], answer.body]).toEqual([
      201,
      "t",
      'application/json {"a":1}',
    ]);
  });

  it.each([
    ["no-url", "this is no URL"],
    ["http://nobody.invalid/", "its name"],
  ])("to %s fails with %s", async (url, reason) => {
    await expect(ask(url, GET, TRUST)).rejects.toThrow(reason);
  });
});
