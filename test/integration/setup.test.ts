import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hasOpenstackPlugin, openstackFolder } from "../../src/config/engine.ts";
import { ROOT } from "../../src/config/paths.ts";
import { engineEnvironment, engineRoot } from "../../src/engine/environment.ts";
import { doctor } from "../../src/setup/doctor.ts";
import { type DownloadOptions, downloadEngine } from "../../src/setup/engine/download.ts";
import { findOnPath, linkFound } from "../../src/setup/engine/on-path.ts";
import { run, work } from "../../src/setup/exec.ts";
import { listens, until } from "../../src/setup/machine/daemon.ts";
import { cacheConfig } from "../../src/setup/package-cache/config.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "setup-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const silent = (): void => {};

/** A server on loopback, on any port by default, that answers from a table and remembers what it was asked. */
async function serve(
  files: Readonly<Record<string, Buffer>>,
  port = 0,
): Promise<{ server: Server; base: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((incoming, answer) => {
    asked.push(incoming.url ?? "");
    const body = files[incoming.url ?? ""];
    answer.statusCode = body === undefined ? 404 : 200;
    answer.end(body ?? "not here");
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return { server, base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function fakeEngine(directory: string, version: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const name of ["pulumi", "pulumi-language-nodejs"]) {
    await writeFile(join(directory, name), `#!/bin/sh\necho v${version}\n`);
    await chmod(join(directory, name), 0o755);
  }
}

describe("download of the engine", () => {
  const path = "/pulumi-v1.2.3-linux-x64.tar.gz";
  let source: Awaited<ReturnType<typeof serve>>;
  let archive: Buffer;
  beforeEach(async () => {
    await fakeEngine(join(folder, "pulumi"), "1.2.3");
    await work("tar", ["-czf", join(folder, "a.tar.gz"), "-C", folder, "pulumi"], {
      doing: "packing",
      say: silent,
    });
    archive = readFileSync(join(folder, "a.tar.gz"));
    source = await serve({ [path]: archive });
  });
  afterEach(() => source.server.close());

  function fetching(change: Partial<DownloadOptions> = {}): Promise<void> {
    const x64 = createHash("sha256").update(archive).digest("hex");
    const target = join(folder, "engine/1.2.3");
    const pin = { version: "1.2.3", sha256: { x64 } };
    return downloadEngine({ pin, target, architecture: "x64", base: source.base, say: silent, ...change });
  }

  it("unpacks an archive with the pinned checksum", async () => {
    await fetching();
    expect((await run(join(folder, "engine/1.2.3/bin/pulumi"))).stdout).toBe("v1.2.3\n");
    expect(existsSync(join(folder, "engine/1.2.3/bin/pulumi-language-nodejs"))).toBe(true);
    expect(readdirSync(join(folder, "engine"))).toEqual(["1.2.3"]);
  });

  it("deletes an archive with another checksum, and leaves nothing behind", async () => {
    const pin = { version: "1.2.3", sha256: { x64: "0".repeat(64) } };
    await expect(fetching({ pin })).rejects.toMatchObject({
      name: "DownloadError",
      reason: "wrong checksum",
    });
    expect(readdirSync(join(folder, "engine"))).toEqual([]);
  });

  it("downloads nothing where no checksum is pinned", async () => {
    await expect(fetching({ architecture: "riscv64" })).rejects.toMatchObject({ reason: "no checksum" });
    expect(source.asked).toEqual([]);
  });

  it("reports a missing file, and a server that does not answer", async () => {
    await expect(fetching({ base: `${source.base}/elsewhere` })).rejects.toMatchObject({
      reason: "not reached",
    });
    await expect(fetching({ base: "http://127.0.0.1:1" })).rejects.toMatchObject({ reason: "not reached" });
  });

  it("stops after its limit of time", async () => {
    const mute = createServer(() => {});
    await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
    const base = `http://127.0.0.1:${(mute.address() as AddressInfo).port}`;
    await expect(fetching({ base, limit: 1 })).rejects.toMatchObject({ reason: "not reached" });
    mute.closeAllConnections();
    mute.close();
  });
});

describe("engine on PATH", () => {
  it("is used when it is new enough and has its language host beside it", async () => {
    await fakeEngine(join(folder, "old"), "3.100.0");
    await fakeEngine(join(folder, "new"), "3.999.0");
    await mkdir(join(folder, "links"));
    symlinkSync(join(folder, "new/pulumi"), join(folder, "links/pulumi"));
    const env = {
      PATH: [join(folder, "old"), join(folder, "links")].join(delimiter),
      SCRATCHSTACK_CACHE: folder,
    };
    expect(await findOnPath({ ...env, SCRATCHSTACK_CACHE: "/nowhere" })).toEqual({
      folder: join(folder, "new"),
      version: "3.999.0",
    });
    await linkFound({ folder: join(folder, "new"), version: "3.999.0" }, env);
    expect(engineRoot(env)).toBe(join(folder, "engine/on-path"));
    rmSync(join(folder, "new"), { recursive: true });
    expect(engineRoot(env)).toBeUndefined();
  });

  it("is not used without a language host", async () => {
    await fakeEngine(join(folder, "bin"), "3.999.0");
    rmSync(join(folder, "bin/pulumi-language-nodejs"));
    expect(await findOnPath({ PATH: join(folder, "bin"), SCRATCHSTACK_CACHE: "/nowhere" })).toBeUndefined();
  });
});

describe("passphrase", () => {
  it("is made once, readable by its owner alone, even by two processes at once", async () => {
    const env = { SCRATCHSTACK_HOME: join(folder, "home"), SCRATCHSTACK_CACHE: folder };
    const [first, second] = await Promise.all([engineEnvironment(env), engineEnvironment(env)]);
    const file = first.PULUMI_CONFIG_PASSPHRASE_FILE ?? "";
    expect(second.PULUMI_CONFIG_PASSPHRASE_FILE).toBe(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, "utf8");
    expect(Buffer.from(text, "base64url")).toHaveLength(32);
    await engineEnvironment(env);
    expect(readFileSync(file, "utf8")).toBe(text);
    expect(readdirSync(join(folder, "home")).sort()).toEqual(["passphrase", "state"]);
  });

  it("and backend that the user has set are kept", async () => {
    const own = {
      PULUMI_BACKEND_URL: "file:///own",
      PULUMI_CONFIG_PASSPHRASE: "",
      SCRATCHSTACK_HOME: join(folder, "home"),
    };
    expect(await engineEnvironment(own)).toMatchObject({
      PULUMI_BACKEND_URL: "file:///own",
      PULUMI_CONFIG_PASSPHRASE: "",
    });
    expect(existsSync(join(folder, "home"))).toBe(false);
  });
});

describe("package cache", () => {
  const index = "/debian/dists/trixie/InRelease";
  const deb = "/debian/pool/main/h/hello/hello_1_amd64.deb";

  function fetchThrough(port: number, url: string): Promise<{ status: number; size: number }> {
    return new Promise((resolve, reject) => {
      const outgoing = request({ host: "127.0.0.1", port, path: url, agent: false }, (answer) => {
        let size = 0;
        answer.on("data", (chunk: Buffer) => (size += chunk.length));
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, size }));
      });
      outgoing.on("error", reject).end();
    });
  }

  /** apt-cacher-ng cannot listen on a port above 32767, nor reach one. */
  async function freePort(from: number): Promise<number> {
    for (let port = from + (process.pid % 5_000); ; port++) if (!(await listens({ port }))) return port;
  }

  const running: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of running.splice(0)) await stop();
  });

  async function daemon(port: number, source: string): Promise<() => Promise<void>> {
    const config = join(folder, "config");
    const logFolder = join(folder, "log");
    const cacheFolder = join(folder, "packages");
    for (const path of [config, logFolder, cacheFolder]) mkdirSync(path, { recursive: true });
    const settings = { cacheFolder, logFolder, port, sources: [source], proxy: "" };
    await writeFile(join(config, "acng.conf"), cacheConfig(settings));
    const child = spawn("/usr/sbin/apt-cacher-ng", ["-c", config, "ForeGround=1"], { stdio: "ignore" });
    const stop = (): Promise<void> =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.on("close", () => resolve());
        child.kill();
      });
    running.push(stop);
    if (await until(() => listens({ port }), 10_000)) return stop;
    throw new Error(`apt-cacher-ng does not listen on ${port}`);
  }

  it("serves two nodes at once, and downloads nothing again, index files included, also after a restart", async () => {
    const { server, base, asked } = await serve(
      { [index]: Buffer.alloc(5_000, "i"), [deb]: Buffer.alloc(3_000_000, "d") },
      await freePort(26_000),
    );
    const port = await freePort(20_000);
    let stop = await daemon(port, base);
    const both = await Promise.all([fetchThrough(port, base + deb), fetchThrough(port, base + deb)]);
    expect(both).toEqual([
      { status: 200, size: 3_000_000 },
      { status: 200, size: 3_000_000 },
    ]);
    expect(await fetchThrough(port, base + index)).toEqual({ status: 200, size: 5_000 });
    // Two at the very same moment may both be passed on; after that nobody outside is asked again.
    expect(new Set(asked)).toEqual(new Set([deb, index]));
    asked.length = 0;
    await stop();
    stop = await daemon(port, base);
    expect(await fetchThrough(port, base + index)).toEqual({ status: 200, size: 5_000 });
    expect(await fetchThrough(port, base + deb)).toEqual({ status: 200, size: 3_000_000 });
    await stop();
    server.close();
    expect(asked).toEqual([]);
  });

  it("does not let a node reach another port of this machine", async () => {
    const { server, base, asked } = await serve({ [index]: Buffer.from("secret") }, await freePort(26_000));
    const port = await freePort(20_000);
    const stop = await daemon(port, "http://mirror.example/");
    expect((await fetchThrough(port, base + index)).status).toBe(403);
    await stop();
    server.close();
    expect(asked).toEqual([]);
  });
});

describe("language host", () => {
  let project: string;
  beforeAll(async () => {
    project = mkdtempSync(join(tmpdir(), "setup-project-"));
    await mkdir(join(project, "src"));
    await mkdir(join(project, "stacks"));
    symlinkSync(join(ROOT, "node_modules"), join(project, "node_modules"));
    await writeFile(join(project, "package.json"), '{"type":"module"}');
    await writeFile(
      join(project, "Pulumi.yaml"),
      'name: throwaway\nmain: src/program.ts\nstackConfigDir: stacks\nruntime:\n  name: nodejs\n  options: { typescript: false, nodeargs: "--import tsx" }\n',
    );
    await writeFile(
      join(project, "src/program.ts"),
      `import { ComponentResource, Config } from "@pulumi/pulumi";
const config = new Config();
if (config.get("broken")) throw new Error("broken as asked");
new ComponentResource("test:index:Thing", config.require("name") satisfies string);
export const greeting: string = "hello " + config.require("name");
`,
    );
  });
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it("runs a program through preview, up, a run without change, an error, and destroy", async () => {
    const env = await engineEnvironment({ ...process.env, SCRATCHSTACK_HOME: join(folder, "home") });
    const pulumi = (...args: string[]) =>
      run("pulumi", [...args, "--non-interactive"], { cwd: project, env, timeout: 120_000 });
    expect((await pulumi("stack", "init", "one")).code).toBe(0);
    expect((await pulumi("config", "set", "name", "ann")).code).toBe(0);
    expect(existsSync(join(project, "stacks/Pulumi.one.yaml"))).toBe(true);
    expect((await pulumi("preview")).stdout).toContain("2 to create");
    expect((await pulumi("up", "--yes")).stdout).toContain("2 created");
    expect((await pulumi("up", "--yes")).stdout).toContain("2 unchanged");
    expect((await pulumi("stack", "output", "greeting")).stdout.trim()).toBe("hello ann");
    await pulumi("config", "set", "broken", "yes");
    const failed = await pulumi("preview");
    expect(failed.code).not.toBe(0);
    expect(failed.stdout + failed.stderr).toContain("broken as asked");
    await pulumi("config", "rm", "broken");
    expect((await pulumi("destroy", "--yes")).stdout).toContain("2 deleted");
  });
});

describe("this machine, set up", () => {
  it("has everything", async () => {
    expect((await doctor()).filter(({ state }) => state === "missing")).toEqual([]);
  });

  it("prints nothing when it is set up again", async () => {
    const { code, stdout, stderr } = await run(join(ROOT, "scripts/setup"), ["--quick"], { timeout: 60_000 });
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("has an engine that scripts/pulumi finds from anywhere", async () => {
    symlinkSync(join(ROOT, "scripts/pulumi"), join(folder, "pulumi"));
    const { code, stdout } = await run(join(folder, "pulumi"), ["version"], { cwd: "/", timeout: 60_000 });
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringMatching(/^v3\./) });
  });

  it("has a command line that works through a link, from any folder", async () => {
    symlinkSync(join(ROOT, "scripts/lab"), join(folder, "lab"));
    const { code, stdout } = await run(join(folder, "lab"), ["--help"], { cwd: "/", timeout: 60_000 });
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("doctor") });
  });

  it("rejects an unknown argument", async () => {
    expect((await run(join(ROOT, "scripts/setup"), ["--fast"])).code).toBe(2);
  });

  it.runIf(hasOpenstackPlugin())("has an OpenStack plugin that serves every name of the SDK", async () => {
    const { code, stdout } = await run(join(openstackFolder(), "pulumi-resource-openstack"), ["-check"]);
    expect(stdout).not.toContain("MISMATCH");
    expect(code).toBe(0);
  });
});
