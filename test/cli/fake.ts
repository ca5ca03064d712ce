import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Context } from "../../src/cli/context.ts";
import type {
  CheckpointsPort,
  ImagesPort,
  LabPort,
  MachinePort,
  NodesPort,
  ReadingsPort,
  RunPort,
  StacksPort,
} from "../../src/cli/lab-port.ts";
import { runCli } from "../../src/cli/program.ts";
import type { Role } from "../../src/curriculum/types.ts";
import type { DoneStep, Observed, ObservedNode } from "../../src/engine/observed.ts";
import type { PlannedStep } from "../../src/plan/planned-steps.ts";
import { preview } from "../../src/run/preview.ts";
import type { RunReport } from "../../src/run/report.ts";

const never = (name: string) => () => {
  throw new Error(`${name} was not to be called`);
};

/** What a test puts in place of the layers below: the functions of the port by names that are told apart without its areas. */
export interface Parts extends StacksPort, RunPort, ReadingsPort, NodesPort, MachinePort {
  checkpointNames: CheckpointsPort["names"];
  checkpoints: CheckpointsPort["list"];
  saveCheckpoint: CheckpointsPort["save"];
  restoreCheckpoint: CheckpointsPort["restore"];
  deleteCheckpoint: CheckpointsPort["delete"];
  finishRestore: CheckpointsPort["finishRestore"];
  bake: ImagesPort["bake"];
  images: ImagesPort["list"];
  removeImage: ImagesPort["remove"];
}

/** A lab of which nothing may be used but what a test puts in. */
function fakeLab(parts: Partial<Parts> = {}): LabPort {
  const up = parts.up ?? never("up");
  const probe = parts.probe ?? (async () => ({ steps: [], unreachable: [] }));
  return {
    stacks: {
      observe: parts.observe ?? never("observe"),
      isBuilt: parts.isBuilt ?? (async () => true),
      awaitEngine: parts.awaitEngine ?? (async () => {}),
      target: parts.target ?? (async () => undefined),
      plannedSteps: parts.plannedSteps ?? (async () => []),
      logs: parts.logs ?? never("logs"),
    },
    run: {
      up,
      preview: (stack, options) => preview(stack, options, { up, probe }),
      down: parts.down ?? never("down"),
      othersOf: parts.othersOf ?? (async () => []),
      undoSteps: parts.undoSteps ?? never("undoSteps"),
      redo: parts.redo ?? never("redo"),
    },
    checkpoints: {
      list: parts.checkpoints ?? never("checkpoints"),
      names: parts.checkpointNames ?? never("checkpointNames"),
      save: parts.saveCheckpoint ?? never("saveCheckpoint"),
      restore: parts.restoreCheckpoint ?? never("restoreCheckpoint"),
      delete: parts.deleteCheckpoint ?? never("deleteCheckpoint"),
      finishRestore: parts.finishRestore ?? (async () => false),
    },
    images: {
      bake: parts.bake ?? never("bake"),
      list: parts.images ?? never("images"),
      remove: parts.removeImage ?? never("removeImage"),
    },
    readings: {
      probe,
      verify: parts.verify ?? never("verify"),
      obstacles: parts.obstacles ?? (async () => []),
      recordChecks: parts.recordChecks ?? (async () => ({ add: () => {}, end: () => {} })),
      rootCauses: parts.rootCauses ?? (async () => []),
    },
    nodes: {
      exec: parts.exec ?? never("exec"),
      shell: parts.shell ?? never("shell"),
      remarks: parts.remarks ?? (async () => []),
      hostKey: parts.hostKey ?? never("hostKey"),
    },
    machine: {
      doctor: parts.doctor ?? never("doctor"),
      engineVersion: parts.engineVersion ?? never("engineVersion"),
      engineEnvironment: parts.engineEnvironment ?? never("engineEnvironment"),
    },
  };
}

/** The line with which a command names the stack that it changes. */
export const NAMED = "Stack lab001-local (lab001, local)\n";

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly exits: readonly number[];
  /** The folder of what is remembered. */
  readonly home: string;
}

export interface Setting {
  readonly lab?: Partial<Parts>;
  /** Stack name → text of its file. @default lab001-local with Lab001 */
  readonly stacks?: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
  /** What a person at a terminal answers, to one question after the other; the last is given again. @default no terminal */
  readonly answer?: string | readonly string[];
  readonly stdin?: string;
  /** Folder of what is remembered. @default a new one */
  readonly home?: string;
  /** Gets what presses Ctrl-C. */
  readonly onReady?: (press: () => void) => void;
}

/** Runs a command line in a world of its own, which is gone when the test is over. */
export async function lab(argv: readonly string[], setting: Setting = {}): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "lab-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const stacks = setting.stacks ?? { "lab001-local": "config:\n  scratchstack:lab: lab001\n" };
  for (const [name, text] of Object.entries(stacks)) writeFileSync(join(folder, `Pulumi.${name}.yaml`), text);
  const out: string[] = [];
  const err: string[] = [];
  const exits: number[] = [];
  let interrupt = (): void => {};
  const answers = [setting.answer ?? ""].flat();
  const context: Context = {
    lab: fakeLab(setting.lab),
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    stdin: {
      isTTY: setting.answer !== undefined,
      readAll: async () => setting.stdin,
      ask: async (question) => {
        err.push(question);
        return (answers.length > 1 ? answers.shift() : answers[0]) ?? "";
      },
    },
    env: setting.env ?? {},
    stacks: folder,
    home: setting.home ?? folder,
    onInterrupt: (act) => {
      interrupt = act;
      return () => {
        interrupt = () => {};
      };
    },
    onExit: () => () => {},
    exit: (code) => exits.push(code),
  };
  setting.onReady?.(() => interrupt());
  const code = await runCli(argv, context);
  return { code, stdout: out.join(""), stderr: err.join(""), exits, home: context.home };
}

export const step = (id: string, node: string, title = `Do ${id}`): PlannedStep => ({
  name: `${id}@${node}`,
  service: id.split("/")[0] ?? id,
  node,
  after: [],
  configuration: [],
  step: {
    id,
    title,
    why: "because",
    role: "all",
    see: "it is so",
    action: { kind: "command", run: "true", holds: "true" },
  },
});

export const done = (id: string, node: string, seconds: number): DoneStep => ({
  name: `${id}@${node}`,
  step: id,
  node,
  seconds,
  at: "2025-06-01T10:00:00Z",
});

export const node = (name: Role, number: number): ObservedNode => ({
  name,
  roles: [name],
  addresses: { management: `10.64.0.${number}`, tunnel: `10.64.1.${number}`, provider: `10.64.2.${number}` },
  interfaces: { management: "eth0", tunnel: "eth1", provider: "eth2" },
  connection: { host: `10.64.0.${number}`, privateKey: "the private key" },
  facts: {},
});

export const observed = (parts: Partial<Observed> = {}): Observed => ({
  exists: true,
  key: undefined,
  nodes: [node("control", 11), node("compute", 12)],
  done: [],
  secrets: { "keystone/database": "the password" },
  resources: ["hardware/node-control", "hardware/node-compute", "hardware/network-management"],
  deployed: [],
  ...parts,
});

export const report = (parts: Partial<RunReport> = {}): RunReport => ({
  ok: true,
  interrupted: false,
  changed: 0,
  unchanged: 0,
  failed: [],
  seconds: 3.4,
  steps: [],
  logDirectory: "/logs/run",
  ...parts,
});
