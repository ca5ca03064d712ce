import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { BLOCKS, hashedBlock, networkIn } from "../../../src/config/networks.ts";
import { Stack } from "../../../src/engine/stack.ts";
import { bridgeNames } from "../../../src/hardware/local/names.ts";
import {
  chooseBlock,
  networkBlock,
  releaseNetworkBlock,
  reserveNetworkBlock,
  type Uses,
} from "../../../src/hardware/local/network-block.ts";
import { parseStackFile } from "../../../src/hardware/stack-config.ts";

/** What happens while this machine's routes are read. */
const machine = vi.hoisted(() => ({ meanwhile: () => {} }));
vi.mock("../../../src/hardware/local/routes.ts", () => ({
  routesHere: () => {
    machine.meanwhile();
    return [];
  },
}));

const FREE: Uses = { recorded: new Map(), routes: [], others: [], isBuilt: false };

/** Names that lead to the same block as `stack`. */
function twinsOf(stack: string, count: number): string[] {
  const found: string[] = [];
  for (let index = 0; found.length < count; index += 1) {
    const name = `twin${index}`;
    if (hashedBlock(name) === hashedBlock(stack)) found.push(name);
  }
  return found;
}
const [TWIN = "", THIRD = ""] = twinsOf("mine", 2);
const BLOCK = hashedBlock("mine");
const NEXT = (BLOCK + 1) % BLOCKS;

describe("which block a stack gets", () => {
  const choose = (uses: Partial<Uses>): number => chooseBlock("mine", { ...FREE, ...uses });
  const route = (destination: string, device = "eth0") => ({ routes: [{ destination, device }] });

  test("that of its name where it is free", () => {
    expect(choose({})).toBe(BLOCK);
  });

  test.each([
    ["another stack has it recorded", { recorded: new Map([[TWIN, BLOCK]]) }],
    ["another stack has a state and no record: it stands on the block of its name", { others: [TWIN] }],
    ["this machine has a route into it", route(networkIn(BLOCK, "tunnel"))],
    ["another stack's bridge is in it", route(networkIn(BLOCK, "tunnel"), bridgeNames(TWIN).tunnel)],
    ["a name server is in it", route(networkIn(BLOCK, "provider").replace("0/24", "53/32"), "")],
  ])("the next one where %s", (_, uses) => {
    expect(choose(uses)).toBe(NEXT);
  });

  test("a state with a record elsewhere does not count twice", () => {
    expect(choose({ others: [TWIN], recorded: new Map([[TWIN, NEXT]]) })).toBe(BLOCK);
  });

  test("that of its name for a stack that was built before blocks were recorded, whatever else is there", () => {
    expect(choose({ isBuilt: true, ...route(networkIn(BLOCK, "tunnel")) })).toBe(BLOCK);
  });

  test("that of its bridges, should its record be lost", () => {
    expect(
      choose({ isBuilt: true, ...route(networkIn(NEXT, "provider"), bridgeNames("mine").provider) }),
    ).toBe(NEXT);
  });

  test("that of its name where a bridge of its own has a network that its file gave it", () => {
    expect(choose(route("192.168.7.0/24", bridgeNames("mine").provider))).toBe(BLOCK);
  });

  test("that of its name where no block is free: preflight says what is in the way", () => {
    expect(choose(route("10.0.0.0/8"))).toBe(BLOCK);
  });
});

describe("records", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "networks-"));
    vi.stubEnv("SCRATCHSTACK_HOME", home);
  });
  afterEach(() => rmSync(home, { recursive: true }));

  test("thirty stacks get thirty blocks, also where their names lead to the same", () => {
    const stacks = [...twinsOf("mine", 15), ...Array.from({ length: 15 }, (_, index) => `seat${index}`)];
    const blocks = stacks.map(reserveNetworkBlock);
    expect(new Set(blocks).size).toBe(30);
    expect(stacks.map(networkBlock)).toEqual(blocks);
    expect(stacks.map(reserveNetworkBlock)).toEqual(blocks);
  });

  test("looking records nothing", () => {
    networkBlock("mine");
    expect(readdirSync(home)).toEqual([]);
  });

  test("a stack that is faster at the same moment keeps the block", () => {
    machine.meanwhile = () => {
      machine.meanwhile = () => {};
      reserveNetworkBlock(TWIN);
    };
    expect(reserveNetworkBlock("mine")).toBe(NEXT);
    expect(networkBlock(TWIN)).toBe(BLOCK);
  });

  test("what was taken down gives up its block", () => {
    expect([reserveNetworkBlock("mine"), reserveNetworkBlock(TWIN)]).toEqual([BLOCK, NEXT]);
    releaseNetworkBlock("mine");
    expect([reserveNetworkBlock(THIRD), networkBlock(TWIN)]).toEqual([BLOCK, NEXT]);
    expect(readdirSync(join(home, "networks")).sort()).toEqual([BLOCK, NEXT].map(String).sort());
  });

  test("a stack that stood before there were records keeps its networks, and others keep away from them", () => {
    const states = join(home, "state/.pulumi/stacks/scratchstack");
    mkdirSync(states, { recursive: true });
    writeFileSync(
      join(states, "mine.json"),
      '{"urn":"urn:pulumi:mine::scratchstack::command:local:Command::hardware/network-tunnel"}',
    );
    expect(reserveNetworkBlock(TWIN)).toBe(NEXT);
    expect(reserveNetworkBlock("mine")).toBe(BLOCK);
  });
});

describe("a stack file", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "networks-"));
    vi.stubEnv("SCRATCHSTACK_HOME", home);
  });
  afterEach(() => rmSync(home, { recursive: true }));
  const parse = (text: string, reserve: boolean) =>
    parseStackFile("mine", "mine.yaml", `config:\n  lab: lab001\n  hardware: { ${text} }\n`, reserve).hardware
      .networks;

  test("gets the networks of its block, recorded once it is built", () => {
    reserveNetworkBlock(TWIN);
    const { management } = parse("kind: local", false);
    expect(management).toEqual({
      cidr: networkIn(NEXT, "management"),
      gateway: networkIn(NEXT, "management").replace("0/24", "1"),
    });
    expect(readdirSync(join(home, "networks"))).toEqual([String(BLOCK)]);
    expect(parse("kind: local", true).management).toEqual(management);
    expect(readdirSync(join(home, "networks"))).toHaveLength(2);
  });

  test("that gives all networks itself gets nothing recorded", () => {
    const given = (third: number) => `{ cidr: 192.168.${third}.0/24 }`;
    const networks = `{ management: ${given(1)}, tunnel: ${given(2)}, provider: ${given(3)} }`;
    expect(parse(`networks: ${networks}`, true).tunnel.cidr).toBe("192.168.2.0/24");
    expect(readdirSync(home)).toEqual([]);
  });

  test("that is wrong gets nothing recorded", () => {
    expect(() => parse("kind: local, pol: fast", true)).toThrow("unknown key");
    expect(readdirSync(home)).toEqual([]);
  });
});

test("a stack has its networks recorded when it is about to be built", () => {
  const home = mkdtempSync(join(tmpdir(), "networks-"));
  vi.stubEnv("SCRATCHSTACK_HOME", home);
  reserveNetworkBlock(TWIN);
  writeFileSync(join(home, "Pulumi.mine.yaml"), "config:\n  lab: lab001\n");
  const source = { observe: vi.fn(), target: vi.fn(), plannedSteps: vi.fn() };
  const stack = new Stack("mine", home, source);
  const before = stack.config.hardware.networks;
  expect(before.tunnel.cidr).toBe(networkIn(NEXT, "tunnel"));
  // Another one is faster after this one has shown what it would get.
  reserveNetworkBlock(THIRD);
  stack.reserve();
  expect(stack.config.hardware.networks.tunnel.cidr).toBe(networkIn((NEXT + 1) % BLOCKS, "tunnel"));
  rmSync(home, { recursive: true });
});
