import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { kindOf } from "../../src/actions/index.ts";
import { downloadScript } from "../../src/actions/packages/index.ts";
import { BEFORE } from "../../src/actions/shell.ts";
import { folder, run, standIns, syntaxError } from "./shell.ts";

const action = { kind: "packages", names: ["keystone", "memcached"] } as const;
const script = kindOf(action).script(action);

/** A node whose dpkg knows the packages in `states`; tells what apt-get and dpkg were asked for. */
function node(states: Readonly<Record<string, string>>, commands: Readonly<Record<string, string>> = {}) {
  const root = folder();
  const log = join(root, "log");
  writeFileSync(log, "");
  const bin = standIns(root, {
    "dpkg-query": `case "$4" in ${Object.entries(states)
      .map(([name, state]) => `${name}) printf '${state}' ;;`)
      .join(" ")} *) exit 1 ;; esac`,
    dpkg: `[ "$1" = --audit ] || echo "dpkg $*" >>${log}`,
    "apt-get": `echo "apt-get $*" >>${log}`,
    "apt-mark": "true",
    ...commands,
  });
  return { bin, log: () => readFileSync(log, "utf8") };
}

describe("packages", () => {
  it("asks nothing of apt where all are installed", () => {
    const { bin, log } = node({ keystone: "installed", memcached: "installed" });
    expect(run(script, bin).stdout).toBe("already installed: keystone memcached\n");
    expect(log()).toBe("");
  });

  it.each(["not-installed", "half-installed", "half-configured", "unpacked", "config-files"])(
    "installs what is %s, after finishing what was interrupted",
    (state) => {
      const { bin, log } = node({ keystone: "installed", memcached: state });
      const outcome = run(script, bin);
      expect(outcome.stdout).toContain("installing: memcached");
      expect(log()).toMatch(/^dpkg --configure -a .*\napt-get .* install keystone memcached\n$/);
      expect(outcome.code).toBe(0);
    },
  );

  it("tries once more with fresh lists", () => {
    const failing = 'echo "apt-get $*"; case "$*" in *update*) touch "$0.fresh" ;; esac; [ -e "$0.fresh" ]';
    const { bin } = node({}, { "apt-get": failing });
    const outcome = run(script, bin);
    expect(outcome.code).toBe(0);
    expect(outcome.stdout).toMatch(/install keystone.*update.*install keystone/s);
  });

  describe("taken back", () => {
    const undo = kindOf(action).undo(action);
    /** Of apt it is known what nothing needs any more, besides what it is told. */
    const apt = (orphans: string) => ({
      "apt-get": `case "$*" in
  *--simulate*) cat "$(dirname "$0")/auto" 2> /dev/null; printf '${orphans}' ;;
  *) echo "apt-get $*" >>"$(dirname "$0")/asked" ;;
esac`,
      "apt-mark": `shift; for name; do echo "Remv $name [1]"; done >"$(dirname "$0")/auto"`,
    });
    const installed = { keystone: "installed", memcached: "installed" };
    const asked = (bin: string): string[] =>
      readFileSync(join(bin, "asked"), "utf8")
        .trim()
        .split("\n")
        .map((line) => line.replace(/.* purge /, ""));

    it("goes with all that nothing needs any more", () => {
      const { bin } = node(installed, apt("Remv python3-a [1]\\nRemv libb [2]\\n"));
      expect(run(undo, bin).code).toBe(0);
      expect(asked(bin)).toEqual(["keystone memcached python3-a libb"]);
    });

    it("stays where something else needs it", () => {
      const { bin } = node(installed, { ...apt("Remv keystone [1]\\n"), "apt-mark": "true" });
      expect(run(undo, bin).code).toBe(0);
      expect(asked(bin)).toEqual(["keystone"]);
    });

    it("loses the configuration that somebody's removal has left", () => {
      const { bin } = node({ keystone: "config-files" }, apt(""));
      expect(run(undo, bin).code).toBe(0);
      expect(asked(bin)).toEqual(["keystone"]);
    });

    it("leaves what was there before", () => {
      const before = folder();
      writeFileSync(join(before, "packages"), "libb 2\nmemcached 1.6\n");
      const { bin } = node(installed, apt("Remv python3-a [1]\\nRemv libb [2]\\n"));
      expect(run(undo.replaceAll(BEFORE, before), bin).code).toBe(0);
      expect(asked(bin)).toEqual(["keystone python3-a"]);
    });
  });

  it("fails where apt fails twice", () => {
    expect(run(script, node({}, { "apt-get": "exit 100" }).bin).code).toBe(100);
  });

  it("waits while dpkg is locked", () => {
    const locked =
      '[ "$1" = --audit ] || [ -e "$0.free" ] || { touch "$0.free"; echo "dpkg frontend lock is held" >&2; exit 2; }';
    const outcome = run(script, node({}, { dpkg: locked, sleep: "true" }).bin);
    expect(outcome.stdout).toContain("waiting for another installation to finish");
    expect(outcome.code).toBe(0);
  });

  it("repairs before it installs where dpkg finds packages in between", () => {
    const { bin, log } = node({}, { dpkg: '[ "$1" != --audit ] || echo "memcached is half installed"' });
    run(script, bin);
    expect(log()).toMatch(/--fix-broken install\napt-get .* install keystone memcached\n$/);
  });
});

describe("downloadScript", () => {
  it("takes no lock of apt's and works in a folder of its own", () => {
    const text = downloadScript(["keystone", "it's"]);
    expect(syntaxError(text)).toBe("");
    expect(text).toContain("Debug::NoLocking=1");
    expect(text).toContain("Dir::Cache::archives=/var/cache/scratchstack/packages");
    expect(text).toContain("install keystone 'it'\\''s'");
  });
});
