import { expect, it } from "vitest";
import { probesOf } from "../../src/actions/probes.ts";
import type { Action, CloudObject, CommandAction } from "../../src/curriculum/actions.ts";
import { logIn, standIn } from "./cloud.ts";

const doing = (holds: CommandAction["holds"]): CommandAction => ({ kind: "command", run: "true", holds });
const SERVER: CloudObject = { kind: "server", name: "first", is: { status: "ACTIVE" } };

/** What a small cloud lists. */
const LISTS: Readonly<Record<string, unknown>> = {
  "/servers/detail?name=first": {
    servers: [
      { name: "first-of-all", status: "ERROR" },
      { name: "first", status: "ACTIVE" },
    ],
  },
  "/servers/detail?name=twins": { servers: [{ name: "twins" }, { name: "twins" }] },
  "/servers/detail?name=gone": { servers: [] },
  "/flavors/detail?is_public=None": { flavors: [{ name: "tiny", vcpus: 1, ram: 256 }] },
  "/v2/images?name=guest": { images: [{ name: "guest", status: "active" }] },
  "/os-keypairs": { keypairs: [{ keypair: { name: "lab", public_key: "ssh-ed25519 AAAA\n" } }] },
};

/** @param types of the services it has. @param busy answers of 503 before the first other one */
async function cloud(types = ["compute", "image"], busy = 0) {
  let left = busy;
  const stand = await standIn((_, { pathname, search, origin }, body) => {
    if (pathname === "/v3/auth/tokens") return logIn(body, origin, types);
    left -= 1;
    if (left >= 0) return { status: 503, body: {} };
    const listed = LISTS[`${pathname.replace(/^\/+/, "/")}${search}`];
    const missing = { status: 404, body: { itemNotFound: { message: "no such path" } } };
    return listed === undefined ? missing : { status: 200, body: listed as Record<string, unknown> };
  });
  const seen = async (questions: readonly CommandAction["holds"][], password?: string) => {
    const actions: Action[] = questions.map(doing);
    const [look] = probesOf(actions.map((action) => ({ action, secrets: [] })));
    const answer = await stand.run(look?.script ?? "", password);
    return look
      ?.judge(answer)
      .map((found) => found.map(({ what, expected, seen }) => `${what}: ${seen} → ${expected}`).join("; "));
  };
  return { ...stand, seen };
}

it("each object is judged by its own answer, among commands that are asked otherwise", async () => {
  const { seen } = await cloud();
  expect(
    await seen([
      SERVER,
      "echo no; false",
      { ...SERVER, name: "gone" },
      { ...SERVER, name: "twins" },
      { kind: "flavor", name: "tiny", is: { vcpus: "1", ram: "128" } },
      "true",
      { kind: "image", name: "guest", is: { status: "active" } },
      { kind: "keypair", name: "lab", is: { public_key: "ssh-ed25519 AAAA" } },
    ]),
  ).toEqual([
    "",
    "result of the command: no → holds",
    "server gone: missing → exists",
    "server twins: Nova: 2 of kind server are called twins → an answer",
    "ram of flavor tiny: 256 → 128",
    "",
    "",
    "",
  ]);
});

it("a service that is busy is asked again; one that the catalog does not name is told, of its own objects alone", async () => {
  const image: CloudObject = { kind: "image", name: "guest", is: { status: "active" } };
  expect(await (await cloud(undefined, 2)).seen([SERVER])).toEqual([""]);
  expect(await (await cloud(["image"])).seen([SERVER, image])).toEqual([
    "server first: Nova: the catalog names no public endpoint of type compute in region here → an answer",
    "",
  ]);
});

it("who is not let in, or gets no answer, sees it of every object", async () => {
  const { seen, server } = await cloud();
  const refused = "server first: Keystone: 401 Who are you? → an answer";
  expect(await seen([SERVER, SERVER], "wrong")).toEqual([refused, refused]);
  server.close();
  expect((await seen([SERVER]))?.[0]).toMatch(
    /^server first: Keystone: no answer from .*refused → an answer$/,
  );
});
