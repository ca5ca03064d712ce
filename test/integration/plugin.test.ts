import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { local, remote } from "@pulumi/command";
import { asset, secret } from "@pulumi/pulumi";
import {
  type EngineEvent,
  LocalWorkspace,
  PulumiCommand,
  type Stack,
} from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RUN_AGAIN, STEP_RECORD } from "../../src/actions/environment.ts";
import { stepRecord } from "../../src/actions/step-record.ts";
import { ROOT } from "../../src/config/paths.ts";
import { engineRoot } from "../../src/engine/environment.ts";
import { processes, Sshd, until } from "./sshd.ts";

const SECRET = "s3cr3t-0c5e11";
const PLUGIN = join(ROOT, "src/plugin/command");
const root = engineRoot();

const worksIn = (pid: number, folder: string): boolean => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
  } catch {
    return false;
  }
};

/** The plugin under the real engine: a stack of its own, state in a folder of its own, a node that is this machine. */
describe("the command plugin", () => {
  const sshd = new Sshd();
  const folder = mkdtempSync(join(tmpdir(), "scratchstack-plugin-"));
  const marks = join(folder, "marks");
  const said: string[] = [];
  const cleanEnvironment = { ...process.env };
  let stack: Stack;
  let generation = 1;

  beforeAll(async () => {
    await sshd.start();
    mkdirSync(join(folder, "state"));
    const envVars = {
      PULUMI_HOME: join(folder, "home"),
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    };
    Object.assign(process.env, envVars);
    const projectSettings = {
      name: "plugin-test",
      runtime: "nodejs" as const,
      plugins: { providers: [{ name: "command", path: PLUGIN }] },
    };
    const pulumiCommand = await PulumiCommand.get({ root: root ?? "" });
    stack = await LocalWorkspace.createStack(
      { stackName: "test", projectName: "plugin-test", program: async () => {} },
      { workDir: folder, envVars, pulumiCommand, projectSettings },
    );
  });
  afterAll(() => {
    process.env = cleanEnvironment;
    sshd.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const mark = (text: string): string => `echo ${text} >>${marks}`;
  const marked = (): string[] => {
    const lines = existsSync(marks) ? readFileSync(marks, "utf8").trim().split("\n") : [];
    rmSync(marks, { force: true });
    return lines;
  };
  const state = (): string => {
    const found = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith("test.json"),
    );
    return found.map((name) => readFileSync(join(folder, name), "utf8")).join();
  };
  const onEvent = ({ diagnosticEvent }: EngineEvent): void => {
    if (diagnosticEvent && (diagnosticEvent.severity as string) !== "debug")
      said.push(diagnosticEvent.message);
  };
  const up = (program: () => void, signal?: AbortSignal) =>
    stack.up({ program: async () => program(), onEvent, ...(signal && { signal }) });
  const step = (differences: Partial<remote.CommandArgs> = {}) => {
    const inputs = {
      create: `echo first; ${mark("create")}`,
      delete: mark("delete"),
      triggers: [generation],
      ...differences,
    };
    return new remote.Command("step", { connection: sshd.connection(), ...inputs });
  };
  const copied = join(folder, "copied");

  const everything = (differences: Partial<remote.CommandArgs> = {}) => {
    step(differences);
    const connection = sshd.connection();
    const talk = `echo in the open; echo "it is $P"; cat; ${mark("talk")}`;
    new remote.Command("talk", {
      connection,
      create: talk,
      environment: { P: secret(SECRET) },
      stdin: secret(SECRET),
    });
    new local.Command("here", { create: `pwd; ${mark("here")}`, dir: folder, assetPaths: ["made"] });
    new remote.CopyToRemote("copy", {
      connection,
      source: new asset.StringAsset("text"),
      remotePath: copied,
    });
  };

  it("creates; shows output as it comes; keeps secrets out of the state and out of sight", async () => {
    writeFileSync(join(folder, "made"), "made");
    await up(() => everything());
    expect(marked().sort()).toEqual(["create", "here", "talk"]);
    expect(readFileSync(copied, "utf8")).toBe("text");
    const shown = said.join("\n");
    expect(shown).toContain("in the open");
    expect(shown).toContain("it is ********");
    expect(shown).not.toContain(SECRET);
    expect(state()).not.toContain(SECRET);
    expect(state()).not.toContain(sshd.privateKey.split("\n")[1]);
    const { deployment } = await stack.exportStack();
    const here = deployment.resources.find(({ urn }: { urn: string }) => urn.endsWith("::here"));
    expect(here.outputs.stdout).toBe(folder);
    expect(Object.keys(here.outputs.assets)).toEqual(["made"]);
  });

  it("changes nothing where nothing is to change", async () => {
    const { summary } = await up(() => everything());
    expect(summary.resourceChanges).toEqual({ same: 5 });
    expect(marked()).toEqual([]);
  });

  it("updates with the new command, which gets the old output", async () => {
    await up(() => step({ create: `echo "after $PULUMI_COMMAND_STDOUT" | tee -a ${marks}` }));
    expect(marked()).toEqual(["after first"]);
  });

  it("updates after more output than a variable holds", async () => {
    await up(() => step({ create: "head -c 200000 /dev/zero | tr '\\0' x" }));
    await up(() => step({ create: `echo "after [$PULUMI_COMMAND_STDOUT]" | tee -a ${marks}` }));
    expect(marked()).toEqual(["after []"]);
  });

  it("replaces when triggers change: first the old one's delete, then create", async () => {
    generation = 2;
    const { summary } = await up(() => step());
    expect(summary.resourceChanges).toEqual({ same: 1, replace: 1 });
    expect(marked()).toEqual(["delete", "create"]);
  });

  describe("a resource that carries what it was to bring about", () => {
    const brought = join(folder, "brought-about");
    const action = { kind: "command", run: "true", holds: `echo looking; [ -e ${brought} ]` } as const;
    const judged = (again?: string) => () => {
      step();
      new remote.Command("judged", {
        connection: sshd.connection(),
        create: `touch ${brought}; env >${brought}; ${mark("done")}`,
        environment: {
          [STEP_RECORD]: stepRecord({ action, reads: [], secrets: [] }),
          ...(again === undefined ? {} : { [RUN_AGAIN]: again }),
        },
      });
    };

    it("is done once, and its command sees nothing of that", async () => {
      await up(judged());
      expect(marked()).toEqual(["done"]);
      expect(readFileSync(brought, "utf8")).not.toContain("SCRATCHSTACK_STEP");
      await stack.refresh({ onEvent });
      const { summary } = await up(judged());
      expect(summary.resourceChanges).toEqual({ same: 3 });
    });

    it("is done again after a refresh that found it undone, and says what differs", async () => {
      rmSync(brought);
      said.length = 0;
      await stack.refresh({ onEvent });
      expect(said.join("\n")).toContain("result of the command: looking → holds");
      const { summary } = await up(judged());
      expect(summary.resourceChanges).toEqual({ same: 2, update: 1 });
      expect(marked()).toEqual(["done"]);
      expect((await up(judged())).summary.resourceChanges).toEqual({ same: 3 });
    });

    it("is done again for a mark that is new, and for none that is old or gone", async () => {
      expect((await up(judged("1"))).summary.resourceChanges).toEqual({ same: 2, update: 1 });
      expect((await up(judged("1"))).summary.resourceChanges).toEqual({ same: 3 });
      expect((await up(judged())).summary.resourceChanges).toEqual({ same: 3 });
      expect(marked()).toEqual(["done"]);
    });
  });

  it("says which host, how it ended and its last lines", async () => {
    const failing = up(() =>
      step({ create: "echo the reason >&2; exit 3", environment: { P: secret(SECRET) } }),
    );
    await expect(failing).rejects.toThrow("remote command on 127.0.0.1 exited 3: the reason");
  });

  it("refuses a host without a key before anything runs", async () => {
    const { hostKey: _none, ...connection } = sshd.connection();
    await expect(up(() => step({ connection }))).rejects.toThrow(
      /connection.hostKey.*no host is trusted on first use/s,
    );
    expect(marked()).toEqual([]);
  });

  it("ends what runs on the host when the run is interrupted", async () => {
    const cancel = new AbortController();
    const running = up(() => step({ create: "sleep 86021; :" }), cancel.signal).catch(
      (error: Error) => error.message,
    );
    await until("it runs", () => processes("sleep 86021").length > 0);
    cancel.abort();
    expect(await running).toContain("cancelled");
    expect(processes("sleep 86021")).toEqual([]);
  });

  it("ends it too when the engine is killed, and the plugin with it", async () => {
    // Others may run on this machine: this stack's are those that work in its folder.
    const own = (text: string) =>
      processes(text)
        .map((line) => Number.parseInt(line, 10))
        .filter((pid) => worksIn(pid, folder));
    const running = up(() => step({ create: "timeout 86023 sleep 86022; :" })).catch(
      (error: Error) => error.message,
    );
    await until("it runs", () => processes("sleep 86022").length === 2);
    expect(own("build/lab/plugin.mjs")).toHaveLength(1);
    const engines = own("bin/pulumi up");
    expect(engines).toHaveLength(1);
    for (const pid of engines) process.kill(pid, "SIGKILL");
    await running;
    await until("it is ended", () => processes("sleep 86022").length === 0);
    await until("the plugin is gone", () => own("build/lab/plugin.mjs").length === 0);
    await stack.cancel();
  });

  it("deletes with the command of the state", async () => {
    await stack.destroy({ onEvent });
    expect(marked()).toEqual(["delete"]);
  });
});
