import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { STATE } from "../../src/actions/shell.ts";
import { unitKind } from "../../src/actions/unit/index.ts";
import type { UnitAction } from "../../src/curriculum/actions.ts";
import { folder, type Outcome, run, standIns } from "./shell.ts";

/**
 * A node with a stand-in for systemctl: a unit is active while a file of its name lies in `active`. Its clock goes on by ten
 * seconds each time it is looked at.
 */
function node(active: readonly string[] = [], starts = true) {
  const root = folder();
  const [log, running, life, since] = ["log", "active", "life", "since"].map((name) => join(root, name)) as [
    ...[string, string, string, string],
  ];
  mkdirSync(running);
  writeFileSync(log, "");
  writeFileSync(life, "1");
  writeFileSync(since, "1000");
  const clock = join(root, "clock");
  writeFileSync(clock, "1000");
  for (const name of active) writeFileSync(join(running, name), "");
  const bin = standIns(root, {
    systemctl: `
for name; do :; done
case $1 in
  is-active | is-enabled) [ -e "${running}/$name" ] && exit || exit 1 ;;
  show)
    case "$*" in
      *InvocationID*) printf 'StateChangeTimestampMonotonic=7\\nInvocationID=%s\\n' "$(cat ${life})" ;;
      *) echo "@$(cat ${since})" ;;
    esac
    exit ;;
  *) echo "$*" >>${log} ;;
esac
case $1 in start | restart) ${starts ? `touch "${running}/$name"` : "true"} ;; stop) rm -f "${running}/$name" ;; esac`,
    journalctl: 'echo "cannot reach rabbit://openstack:s3cr3t@10.0.0.1:5672/"',
    sleep: "true",
    date: `now=$(($(cat ${clock}) + 10)); echo $now >${clock}; echo $now`,
  });
  const state = join(root, "state");
  return {
    does: (text: string): Outcome => run(text.replaceAll(STATE, state), bin),
    log: () => readFileSync(log, "utf8"),
    forget: () => writeFileSync(log, ""),
    /** Somebody restarts the unit, so many seconds after the epoch. */
    restartedAt: (seconds: number) => {
      writeFileSync(life, "2");
      writeFileSync(since, String(seconds));
    },
    /** A file of the unit's configuration, touched now. */
    file: () => {
      const path = join(root, "service.conf");
      writeFileSync(path, "");
      return path;
    },
    answers: () => writeFileSync(join(root, "answers"), ""),
    ready: `[ -e ${join(root, "answers")} ] || grep -q restart ${log}`,
  };
}

const wanted: UnitAction = { kind: "unit", units: ["nova-api"], configuration: "one" };

describe("unit with a stand-in for systemctl", () => {
  it("enables and starts a unit, and does nothing the second time", () => {
    const { does, log, forget } = node();
    expect(does(unitKind.script(wanted)).code).toBe(0);
    expect(log()).toContain("enable --quiet nova-api\n");
    expect(log()).toContain("restart --no-block nova-api\n");
    forget();
    expect(does(unitKind.script(wanted)).stdout).toContain("nova-api runs with this configuration");
    expect(log()).toBe("daemon-reload\n");
  });

  it("restarts a unit whose configuration is newer than its last start", () => {
    const { does, log, forget } = node();
    does(unitKind.script(wanted));
    forget();
    does(unitKind.script({ ...wanted, configuration: "two" }));
    expect(log()).toContain("restart --no-block nova-api\n");
  });

  it("restarts a unit that its package had started", () => {
    const { does, log } = node(["nova-api"]);
    does(unitKind.script(wanted));
    expect(log()).toContain("restart --no-block nova-api\n");
  });

  it("leaves a unit alone that it started itself, whatever was done to its files since", () => {
    const { does, log, forget, file } = node();
    const action = { ...wanted, files: [file()] };
    does(unitKind.script(action));
    forget();
    does(unitKind.script(action));
    expect(log()).toBe("daemon-reload\n");
  });

  it("restarts a unit that somebody else started before a file of its was touched, and no other", () => {
    const { does, log, forget, file, restartedAt } = node();
    const action = { ...wanted, files: [file(), "/nowhere"] };
    does(unitKind.script(action));
    forget();
    restartedAt(1000);
    does(unitKind.script(action));
    expect(log()).toContain("restart --no-block nova-api\n");
    forget();
    restartedAt(Math.ceil(Date.now() / 1000) + 3600);
    does(unitKind.script(action));
    expect(log()).toBe("daemon-reload\n");
  });

  it("knows a unit that was started by hand and noted, and that somebody else started it after that", () => {
    const { does, log, forget, file, restartedAt } = node(["nova-api"]);
    const action = { ...wanted, files: [file()] };
    expect(does(unitKind.remember?.(action) ?? "").code).toBe(0);
    expect(does(unitKind.script(action)).stdout).toContain("nova-api runs with this configuration");
    expect(does(unitKind.remember?.(action) ?? "").code).toBe(0);
    forget();
    restartedAt(1000);
    does(unitKind.script(action));
    expect(log()).toContain("restart --no-block nova-api\n");
  });

  it("restarts a unit that runs, and has not answered for a minute", () => {
    const { does, log, forget, answers, ready } = node();
    const action = { ...wanted, ready };
    answers();
    does(unitKind.script(action));
    forget();
    expect(does(`rm -f ${ready.split(" ")[2]}\n${unitKind.script(action)}`).stdout).toContain(
      "no answer after 60 s",
    );
    expect(log()).toContain("restart --no-block nova-api\n");
  });

  it("restarts again where it was cut off before the service answered", () => {
    const { does, log, forget } = node();
    expect(does(unitKind.script({ ...wanted, ready: "false", timeout: 0 })).code).toBe(1);
    forget();
    does(unitKind.script(wanted));
    expect(log()).toContain("restart --no-block nova-api\n");
  });

  it("fails with the unit's last words, without passwords", () => {
    const { does } = node([], false);
    const { code, stderr } = does(unitKind.script({ ...wanted, timeout: 0 }));
    expect(code).toBe(1);
    expect(stderr).toContain("not running after 0 s: nova-api");
    expect(stderr).toContain("cannot reach rabbit://***@10.0.0.1:5672/");
  });

  it("waits until the service answers", () => {
    const { does } = node();
    const ready = "[ -e ready-now ] || { : > ready-now; false; }";
    const outcome = does(`cd "$(mktemp -d)"\n${unitKind.script({ ...wanted, ready })}`);
    expect(outcome).toMatchObject({ code: 0, stdout: "starting nova-api\nrunning: nova-api\n" });
  });

  it("leaves an open socket alone, and stops its service to open a closed one", () => {
    const sockets = { ...wanted, units: ["libvirtd.socket"] };
    const open = node(["libvirtd.socket"]);
    open.does(unitKind.script(sockets));
    expect(open.log()).not.toMatch(/stop|restart/);
    const closed = node();
    closed.does(unitKind.script(sockets));
    expect(closed.log()).toContain("stop libvirtd.service\nstart --no-block libvirtd.socket\n");
  });

  it("stops and disables a unit that must not run, and starts it no more", () => {
    const { does, log } = node(["nova-api"]);
    does(unitKind.script({ ...wanted, running: false }));
    expect(log()).toContain("disable --quiet nova-api\nstop nova-api\n");
  });
});
