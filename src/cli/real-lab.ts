import type { StackConfig } from "../config/schema.ts";
import { hardwareOf } from "../hardware/lookup.ts";
import type { SshPool } from "../transport/ssh.ts";
import type { LabPort } from "./lab-port.ts";

/** The layers below, each loaded when it is first needed: the engine's libraries alone take a second. */
export const realLab: LabPort = {
  up: async (stack, options) => {
    await running(stack.config);
    return (await import("../run/up.ts")).up(stack, options);
  },
  down: async (stack, options) => {
    await running(stack.validConfig);
    return (await import("../run/down.ts")).down(stack, options);
  },
  undoSteps: async (stack, ...args) => {
    await running(stack.config);
    return (await import("../run/down.ts")).undoSteps(stack, ...args);
  },
  target: async (stack) => (await import("../engine/target.ts")).readTarget(stack),
  finishRestore: async (...args) => {
    const { interruptedRestore } = await import("../engine/restore-intent.ts");
    if ((await interruptedRestore(args[0])) === undefined) return false;
    await running();
    return (await import("../checkpoints/restore.ts")).finishRestore(...args);
  },
  redo: async (...args) => (await import("../run/redo.ts")).redo(...args),
  checkpoints: async (stack) => {
    await running(stack.config);
    return (await import("../checkpoints/index.ts")).checkpoints(stack);
  },
  checkpointNames: async (stack) =>
    (await (await import("../checkpoints/record.ts")).records(stack)).map(({ name }) => name),
  saveCheckpoint: async (stack, name) => {
    await running(stack.config);
    return (await import("../checkpoints/index.ts")).saveCheckpoint(stack, name);
  },
  restoreCheckpoint: async (stack, ...args) => {
    await running(stack.config);
    return (await import("../checkpoints/index.ts")).restoreCheckpoint(stack, ...args);
  },
  deleteCheckpoint: async (stack, name) => {
    await running(stack.config);
    return (await import("../checkpoints/index.ts")).deleteCheckpoint(stack, name);
  },
  bake: async (...args) => {
    await running();
    return (await import("../run/bake.ts")).bake(...args);
  },
  images: async (...args) => {
    await running();
    return (await import("../run/bake.ts")).images(...args);
  },
  removeImage: async (...args) => (await import("../run/bake.ts")).removeImage(...args),
  observe: async (...args) => (await import("../engine/state.ts")).observe(...args),
  probe: async (...args) => (await import("../drift/probe-lab.ts")).probeLab(...args),
  plannedSteps: async (config) => (await import("../plan/planned-steps.ts")).plannedSteps(config),
  logRoot: async (stack) => (await import("../run/log.ts")).logRoot(stack),
  engineEnvironment: async (env) => (await import("../engine/environment.ts")).engineEnvironment(env),
  verify: async (...args) => (await import("../verify/index.ts")).verify(...args),
  recordChecks: async (stack) => (await import("../verify/record.ts")).recordChecks(stack),
  rootCauses: async (...args) => (await import("../verify/results.ts")).rootCausesOf(...args),
  handbook: async (...args) => (await import("../handbook/index.ts")).handbook(...args),
  topology: async (...args) => (await import("../graph/topology.ts")).topologyOf(...args),
  doctor: async () => (await import("../setup/doctor.ts")).doctor(),
  engineVersion: async () => (await import("../setup/engine/version.ts")).installedVersion(),
  exec: (connection, command) => withPool((pool) => pool.exec(connection, command)),
  hostKey: async (stranger) => (await import("../transport/fetch-key.ts")).fetchHostKey(stranger),
  shell: (connection) => withPool((pool) => pool.shell(connection)),
};

/** After a restart of this machine without systemd, Incus and the package cache wait to be started. Only local nodes need them. */
async function running(config?: StackConfig): Promise<void> {
  if (config !== undefined && !hardwareOf(config).usesIncus) return;
  const { ensureRunning } = await import("../setup/running.ts");
  await ensureRunning((text) => process.stderr.write(`${text}\n`));
}

async function withPool<T>(work: (pool: SshPool) => Promise<T>): Promise<T> {
  const { SshPool } = await import("../transport/ssh.ts");
  const pool = new SshPool();
  try {
    return await work(pool);
  } finally {
    pool.close();
  }
}
