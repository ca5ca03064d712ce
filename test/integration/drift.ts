import { describe, expect, test } from "vitest";
import { driftedBy, expectedOf } from "../../scripts/disturb/drift.ts";
import { observe } from "../../src/engine/state.ts";
import { SshPool } from "../../src/transport/ssh.ts";
import { DRIFTS } from "../drifts/index.ts";
import { expectRecovered, lab, run, STACK, WHOLE } from "./harness.ts";

const LAB = "lab002";

/** All of them take half an hour: `scripts/drifts` tries them too, and writes down what it saw. */
const TRIED = WHOLE
  ? DRIFTS.map((item) => [item])
  : [1, 2].map((round) => DRIFTS.filter(({ sample }) => sample === round));

/** What happens on a Lab002 that stands, when its machines are changed behind its back. */
export function drift(): void {
  test("a lab as it should be: preview finds nothing", async () => {
    await expectRecovered();
    const outcome = await lab("preview");
    expect(outcome.code, outcome.stdout + outcome.stderr).toBe(0);
    expect(outcome.stdout).toContain("Nothing to change");
  });

  describe("named by preview, mended by up, and nothing else done", () => {
    test.each(TRIED.map((items) => [items.map(({ title }) => title).join(", "), items] as const))(
      "%s",
      async (_, items) => {
        const { named, again, failed } = await driftedBy(STACK, LAB, ...items);
        expect({ named, again, failed }).toEqual(expectedOf(LAB, ...items));
      },
    );
  });

  test("status tells what drifted, and nothing that holds is touched: files and units are as old as before", async () => {
    await expectRecovered();
    const before = await traces();
    // A node that was not restarted: of one that was, nobody knows what its services began with.
    await onNode(
      "network",
      "sed -i 's/^nova_metadata_host *=.*/nova_metadata_host = elsewhere/' /etc/neutron/metadata_agent.ini",
    );
    await onNode("network", "systemctl stop neutron-dhcp-agent");
    const status = await lab("status", "--steps");
    expect(status.code).toBe(1);
    expect(status.stdout).toMatch(/✘ +network +neutron-dhcp-agent\/start/);
    expect(status.stdout).toContain("unit neutron-dhcp-agent: inactive");
    expect((await lab("up")).code).toBe(0);
    const touched = differing(before, await traces());
    expect(touched).toEqual([
      "network file /etc/neutron",
      "network file /etc/neutron/metadata_agent.ini",
      "network unit neutron-dhcp-agent.service",
    ]);
    expect((await lab("up")).stdout).toContain("Nothing to change");
    expect((await lab("status")).code).toBe(0);
  });

  test("bare pulumi: a refresh shows the drift on the step's row, and up mends just that", async () => {
    await onNode("control", "sed -i '/^provider *=/d' /etc/keystone/keystone.conf");
    const shown = await pulumi("preview", "--refresh", "--diff");
    expect(shown.stdout + shown.stderr).toContain("[token] provider: not set → fernet");
    expect(shown.stdout + shown.stderr).toMatch(/2 to update|~ 2/);
    const up = await pulumi("up", "--refresh", "--yes", "--skip-preview");
    expect(up.code, up.stdout + up.stderr).toBe(0);
    const clean = await pulumi("preview", "--refresh", "--expect-no-changes");
    expect(clean.code, clean.stdout + clean.stderr).toBe(0);
    expect((await lab("up")).stdout).toContain("Nothing to change");
  });
}

const pulumi = (command: string, ...args: string[]) =>
  run("scripts/pulumi", [command, "--stack", STACK, "--non-interactive", ...args]);

async function onNode(name: string, command: string): Promise<string> {
  const outcome = await lab("exec", name, "--", command);
  expect(outcome.code, outcome.stderr).toBe(0);
  return outcome.stdout;
}

/** Of each node, when each file below /etc was last changed, and each unit last started: `<node> <kind> <name>` → time. */
async function traces(): Promise<Map<string, string>> {
  const { nodes } = await observe(STACK);
  const pool = new SshPool();
  try {
    const all = nodes.map(async ({ name, connection }) => {
      const { stdout } = await pool.exec(connection, { command: TRACES });
      return stdout
        .trim()
        .split("\n")
        .map((line): [string, string] => {
          const [kind, time = "", ...words] = line.split("\t");
          return [`${name} ${kind} ${words.join("\t")}`, time];
        });
    });
    return new Map((await Promise.all(all)).flat());
  } finally {
    pool.close();
  }
}

const TRACES = `
set -eu
find /etc -printf 'file\\t%C@\\t%p\\n'
systemctl show --property=Id,ActiveEnterTimestampMonotonic,ExecMainStartTimestampMonotonic '*.service' '*.socket' |
  awk -v RS= -v FS='\\n' '
    { id = started = ""
      for (i = 1; i <= NF; i++) { split($i, part, "="); if (part[1] == "Id") id = part[2]; else started = started part[2] "/" }
      print "unit\\t" started "\\t" id }'`;

const differing = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => before.get(name) !== after.get(name))
    // What a timer of the system starts is nobody's doing.
    .filter(
      (name) =>
        !/ unit (?!.*(nova|neutron|keystone|glance|placement|cinder|maria|rabbit|memcached|apache|ovs|openvswitch|libvirt|virt))/.test(
          name,
        ),
    )
    .sort();
