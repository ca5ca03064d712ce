import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { keyChanges, recordedValues, refusedChanges } from "../../src/config/changes.ts";
import { allKeys } from "../../src/config/keys.ts";
import { ROOT } from "../../src/config/paths.ts";
import type { StackConfig } from "../../src/config/schema.ts";
import { KINDS } from "../../src/hardware/kinds.ts";
import { parseStackConfig, readStackFile } from "../../src/hardware/stack-config.ts";
import { settingsPage } from "./settings-page.ts";

const SERVICES = new Set(["keystone", "openvswitch", "first-server", "first-network"]);
/** Keys of nodes, which are compared where nodes are. */
const OF_NODES = ["nodes.*.roles", "nodes.*.number"];

type Kind = keyof typeof KINDS;
const CONFIG: Readonly<Record<Kind, StackConfig>> = {
  local: parseStackConfig("mine", { lab: "lab002" }),
  hosts: readStackFile("lab002-hosts"),
  openstack: readStackFile("lab002-openstack"),
};
/** With a login in the stack file. */
const AUTH = {
  url: "https://a.example.org",
  user: "u",
  password: "hush-hush",
  project: "p",
  userDomain: "Default",
  projectDomain: "Default",
  region: "r",
  caFile: null,
  applicationCredential: null,
};
const withAuth = (config: StackConfig): StackConfig =>
  config.hardware.kind === "openstack"
    ? ({ ...config, hardware: { ...config.hardware, cloud: "a", auth: AUTH } } as StackConfig)
    : config;

describe.each(Object.keys(KINDS) as Kind[])("%s", (name) => {
  const kind = KINDS[name];
  const config = withAuth(CONFIG[name]);
  const built = recordedValues(config, kind);
  const sized = name === "local" ? [] : ["nodes.*.memory", "nodes.*.cpus"];
  const keys = allKeys(name, KINDS).map((path) => path.join("."));
  const leaves = keys.filter((key) => !keys.some((other) => other.startsWith(`${key}.`)));

  it("has a rule for each key, and no other", () => {
    const rules = Object.keys(keyChanges(kind));
    expect(rules.sort()).toEqual(leaves.filter((key) => ![...OF_NODES, ...sized].includes(key)).sort());
  });

  it("records no secret", () => {
    expect(JSON.stringify(built)).not.toContain("hush-hush");
  });

  it("refuses nothing where nothing changed, nothing is recorded, or nothing is built", () => {
    expect(refusedChanges(built, config, kind, SERVICES)).toEqual([]);
    expect(refusedChanges({}, config, kind, SERVICES)).toEqual([]);
  });

  it.each(Object.entries(keyChanges(kind)))("%s", (path, rule) => {
    const changed = set(config, path.split("."), "another");
    expect(changed).not.toEqual(config);
    const found = refusedChanges(built, changed, kind, SERVICES);
    if ("up" in rule) return expect(found).toEqual([]);
    const [first] = found;
    expect(first).toMatchObject({ found: '"another"', why: rule.refused, reset: rule.reset });
    expect(first?.where.split(".").length).toBe(path.split(".").length);
    if (rule.reset !== undefined) expect(refusedChanges(built, changed, kind, new Set())).toEqual([]);
  });
});

it("a cloud that was not named is not compared", () => {
  const { openstack } = CONFIG;
  const built = { "hardware.cloud": null };
  expect(refusedChanges(built, withAuth(openstack), KINDS.openstack, SERVICES)).toEqual([]);
});

it("a node that is new is not compared", () => {
  const { hosts } = CONFIG;
  const { "hardware.hosts.network.hostKey": _, ...built } = recordedValues(hosts, KINDS.hosts);
  const other = set(hosts, ["hardware", "hosts", "network", "hostKey"], "another");
  expect(refusedChanges(built, other, KINDS.hosts, SERVICES)).toEqual([]);
});

it("docs/settings.md is what `npm run settings` writes", () => {
  expect(readFileSync(join(ROOT, "docs/settings.md"), "utf8")).toBe(settingsPage());
});

/** A copy with another value; `*` is the first name. Sections that are absent are made. */
function set<T>(value: T, [key = "", ...rest]: readonly string[], to: unknown): T {
  const record = (value ?? {}) as Record<string, unknown>;
  const name = key === "*" ? (Object.keys(record)[0] ?? "a") : key;
  return { ...record, [name]: rest.length === 0 ? to : set(record[name], rest, to) } as T;
}
