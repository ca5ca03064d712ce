import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Cloud, CloudError, reason } from "../../../src/hardware/openstack/client.ts";
import type { Surroundings } from "../../../src/hardware/openstack/credentials.ts";
import { credentials, isProblem } from "../../../src/hardware/openstack/credentials.ts";
import { explainFailure } from "../../../src/hardware/openstack/explain-failure.ts";
import { ownerMark } from "../../../src/hardware/openstack/names.ts";
import { observe } from "../../../src/hardware/openstack/observe.ts";
import { refused } from "../../../src/hardware/openstack/preflight.ts";
import { sweep } from "../../../src/hardware/openstack/sweep.ts";
import { onCloud } from "./config.ts";
import { FakeCloud } from "./fake-cloud.ts";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA";
const MARK = ownerMark("lab", KEY);

let cloud: FakeCloud;
beforeEach(async () => {
  cloud = await FakeCloud.start();
});
afterEach(() => cloud.stop());

const surroundings = (password = "right"): Surroundings => ({
  env: { OS_AUTH_URL: cloud.url, OS_USERNAME: "me", OS_PASSWORD: password, OS_PROJECT_NAME: "mine" },
  read: () => undefined,
});

function login(password?: string) {
  const found = credentials(onCloud().hardware, surroundings(password));
  if (isProblem(found)) throw new Error(found.found);
  return found;
}

describe("the client", () => {
  it("is told of a wrong password", async () => {
    const error = await Cloud.open(login("wrong")).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CloudError);
    expect(refused(login(), error as CloudError).found).toContain("requires authentication");
  });

  it("gives up on a cloud that does not answer", async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const error = await Cloud.open({ ...login(), url }, 50).catch((thrown: unknown) => thrown);
    expect((error as CloudError).message).toBe(`${url} does not answer: no answer within 0.05 s`);
    silent.closeAllConnections();
    silent.close();
  });

  it("says so where nothing listens", async () => {
    const error = await Cloud.open({ ...login(), url: "http://127.0.0.1:1" }).catch(
      (thrown: unknown) => thrown,
    );
    expect((error as CloudError).message).toContain("nothing listens there");
  });

  it("reads page after page", async () => {
    cloud.refusals.push({
      pattern: /GET \/glance\/v2\/images/,
      status: 200,
      body: { images: [{ id: "1" }], next: "/v2/images?marker=1" },
    });
    const open = await Cloud.open(login());
    expect((await open.list("image", "/images?limit=1", "images")).length).toBeGreaterThan(1);
  });

  it.each([
    ['{"forbidden": {"code": 403, "message": "no"}}', "HTTP 403: no"],
    ['{"NeutronError": {"type": "t", "message": "no", "detail": ""}}', "HTTP 403: no"],
    ["<html><head><title>403 Forbidden</title></head></html>", "HTTP 403: 403 Forbidden"],
    ["", "HTTP 403"],
  ])("finds what was said in %s", (body, said) => expect(reason({ status: 403, body })).toBe(said));
});

describe("what is seen of a cloud", () => {
  it("is all that is judged", async () => {
    cloud.add("images", { name: "debian-13", status: "active", min_disk: 0, min_ram: 0 });
    cloud.add("flavors", { name: "m1.medium", vcpus: 2, ram: 4096, disk: 40 });
    cloud.add("networks", { name: "public", "router:external": true });
    cloud.add("servers", { name: "lab-control", metadata: { scratchstack: MARK } });
    cloud.add("servers", { name: "lab-compute" });
    cloud.quota = { floatingip: { limit: 3, used: 1 } };
    const seen = await observe(await Cloud.open(login()), "lab", onCloud());
    expect(seen).toMatchObject({
      images: [{ name: "debian-13", status: "active" }],
      flavors: [{ name: "m1.medium", ram: 4096 }],
      externalNetworks: [{ name: "public" }],
      zones: ["nova"],
      quotas: { instances: { limit: 10, used: 0 }, floatingAddresses: { limit: 3, used: 1 } },
      own: { servers: ["lab-control"] },
      missing: [],
    });
  });

  it("leaves out quotas that an ordinary user may not see", async () => {
    cloud.refusals.push({ pattern: /quotas/, status: 403, body: {} });
    const { quotas } = await observe(await Cloud.open(login()), "lab", onCloud());
    expect(Object.keys(quotas)).toEqual(["instances"]);
  });
});

describe("what is left of a stack", () => {
  const sweeping = (ids: readonly string[] = [], loginKey: string | undefined = KEY) =>
    sweep("lab", onCloud(), { ids: new Set(ids), loginKey }, surroundings());

  it("goes: a volume that failed, a server that the state never heard of, a router with what is plugged in", async () => {
    cloud.add("volumes", { name: "lab-control", metadata: { scratchstack: MARK }, status: "error" });
    cloud.add("servers", { name: "lab-control", metadata: { scratchstack: MARK } });
    const router = cloud.add("routers", { name: "lab-router", description: MARK });
    cloud.add("ports", { name: "", device_id: router.id, device_owner: "network:router_interface" });
    cloud.add("networks", { name: "lab-tunnel", description: MARK });
    cloud.add("floatingips", { floating_ip_address: "203.0.113.7", description: MARK });
    cloud.keypairs.push({ name: "scratchstack-lab", public_key: `${KEY} comment` });
    expect(await sweeping()).toEqual([
      "server lab-control",
      "floating address 203.0.113.7",
      "volume lab-control",
      "router lab-router",
      "network lab-tunnel",
      "key pair scratchstack-lab",
    ]);
    expect(cloud.names).toEqual([]);
  });

  it("stays where it is somebody else's: another name, another stack of this name, another key", async () => {
    cloud.add("servers", { name: "lab-control" });
    cloud.add("servers", {
      name: "lab-control",
      metadata: { scratchstack: ownerMark("lab", "ssh-ed25519 BBBB") },
    });
    cloud.add("networks", { name: "lab-tunnel", description: "" });
    cloud.add("networks", { name: "lab2-tunnel", description: ownerMark("lab2", KEY) });
    cloud.keypairs.push({ name: "scratchstack-lab", public_key: "ssh-ed25519 BBBB" });
    const before = cloud.names;
    expect(await sweeping()).toEqual([]);
    expect(cloud.names).toEqual(before);
  });

  it("stays where the state knows it: that is the engine's to take away", async () => {
    const { id } = cloud.add("networks", { name: "lab-tunnel", description: MARK });
    cloud.keypairs.push({ name: "scratchstack-lab", public_key: KEY });
    expect(await sweeping([id, "scratchstack-lab"])).toEqual([]);
    expect(cloud.names).toHaveLength(2);
  });

  it("is nothing before there is a key, and nobody is asked", async () => {
    expect(await sweep("lab", onCloud(), { ids: new Set(), loginKey: undefined }, surroundings())).toEqual(
      [],
    );
    expect(cloud.asked).toEqual([]);
  });
});

describe("a server in ERROR", () => {
  const id = "5b3f7c1e-0d52-4f0e-9b6b-0f4f4f1c2a11";
  const message = `Error waiting for instance (${id}) to become ready: unexpected state 'ERROR'`;

  it("is explained with what Nova says of it", async () => {
    cloud.add("servers", { id, fault: { code: 500, message: "No valid host was found." } });
    const { said, mend } = await explainFailure(
      onCloud(),
      "hardware/server-control",
      message,
      surroundings(),
    );
    expect(said).toBe("No valid host was found.");
    expect(mend).toContain("smaller flavor");
  });

  it("is explained without, where the cloud does not answer any more", async () => {
    const { said } = await explainFailure(
      onCloud(),
      "hardware/server-control",
      message,
      surroundings("wrong"),
    );
    expect(said).toContain("unexpected state 'ERROR'");
  });
});
