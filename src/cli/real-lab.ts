import type { StackConfig } from "../config/schema.ts";
import type { probeLab } from "../drift/probe-lab.ts";
import type { SshPool } from "../transport/ssh.ts";
import type { LabPort } from "./lab-port.ts";

/** The layers below, each loaded when it is first used: the engine's libraries alone take a second. */
export const realLab: LabPort = {
  stacks: {
    observe: async (...args) => (await import("../engine/state.ts")).observe(...args),
    isBuilt: async (stack) => (await import("../engine/state.ts")).isBuilt(stack),
    awaitEngine: async (stack) => {
      await (await import("../engine/pulumi.ts")).isLocked(stack);
    },
    target: async (stack) => (await import("../engine/target.ts")).readTarget(stack),
    plannedSteps: async (config) => (await import("../plan/planned-steps.ts")).plannedSteps(config),
    logs: async (stack) => (await import("../run/log.ts")).logRoot(stack),
  },
  run: {
    up: async (stack, options) => {
      // Reading the state takes a second, and so does loading the rest. Whoever awaits the state gets its error.
      stack.state().catch(() => undefined);
      await startDaemons(stack.config);
      return (await import("../run/up.ts")).up(stack, options, probeWithChecks);
    },
    preview: async (stack, options) => {
      await startDaemons(stack.config);
      const { up } = await import("../run/up.ts");
      return (await import("../run/preview.ts")).preview(stack, options, { up, probe: probeWithChecks });
    },
    down: async (stack, options) => {
      await startDaemons(stack.validConfig);
      return (await import("../run/down.ts")).down(stack, options);
    },
    othersOf: async (stack, state) => {
      if (state.exists) await startDaemons(stack.validConfig);
      return (await import("../engine/ownership.ts")).foreignTo(stack, state.deployed);
    },
    undoSteps: async (stack, ...args) => {
      await startDaemons(stack.config);
      return (await import("../run/undo.ts")).undoSteps(stack, ...args);
    },
    redo: async (...args) => (await import("../run/redo.ts")).redo(...args),
  },
  checkpoints: {
    list: async (stack) => {
      await startDaemons(stack.config);
      return (await import("../checkpoints/index.ts")).checkpoints(stack);
    },
    names: async (stack) =>
      (await (await import("../checkpoints/record.ts")).records(stack)).map(({ name }) => name),
    save: async (stack, name) => {
      await startDaemons(stack.config);
      return (await import("../checkpoints/index.ts")).saveCheckpoint(stack, name);
    },
    restore: async (stack, ...args) => {
      await startDaemons(stack.config);
      return (await import("../checkpoints/index.ts")).restoreCheckpoint(stack, ...args);
    },
    delete: async (stack, name) => {
      await startDaemons(stack.config);
      return (await import("../checkpoints/index.ts")).deleteCheckpoint(stack, name);
    },
    finishRestore: async (...args) => {
      const { interruptedRestore } = await import("../engine/restore-intent.ts");
      if ((await interruptedRestore(args[0])) === undefined) return false;
      await startDaemons();
      return (await import("../checkpoints/restore.ts")).finishRestore(...args);
    },
  },
  images: {
    bake: async (...args) => {
      await startDaemons();
      return (await import("../run/bake.ts")).bake(...args);
    },
    list: async (...args) => {
      await startDaemons();
      return (await import("../run/bake.ts")).images(...args);
    },
    remove: async (...args) => (await import("../run/bake.ts")).removeImage(...args),
  },
  readings: {
    probe: async (...args) => (await import("../drift/probe-lab.ts")).probeLab(...args),
    verify: async (...args) => (await import("../verify/index.ts")).verify(...args),
    obstacles: async ({ name, config }) => {
      const { hardwareOf } = await import("../hardware/lookup.ts");
      return (await hardwareOf(config).obstacles?.(name, config)) ?? [];
    },
    recordChecks: async (stack) => (await import("../verify/record.ts")).recordChecks(stack),
    rootCauses: async (...args) => (await import("../verify/results.ts")).rootCausesOf(...args),
  },
  nodes: {
    exec: (connection, command) => withPool((pool) => pool.exec(connection, command)),
    shell: (connection) => withPool((pool) => pool.shell(connection)),
    remarks: async (stack, config) => {
      const { hardwareOf } = await import("../hardware/lookup.ts");
      return (await hardwareOf(config).remarks?.(stack, config)) ?? [];
    },
    hostKey: async (host) => (await import("../transport/fetch-key.ts")).fetchHostKey(host),
  },
  machine: {
    doctor: async () => (await import("../setup/doctor.ts")).doctor(),
    engineVersion: async () => (await import("../setup/engine/version.ts")).installedVersion(),
    engineEnvironment: async (env) => (await import("../engine/environment.ts")).engineEnvironment(env),
  },
};

/**
 * Starts Incus and the package cache when they do not run: after a restart of a machine without systemd nobody else does.
 * @param config of a stack. @default local hardware, which alone needs them
 */
async function startDaemons(config?: StackConfig): Promise<void> {
  if (config !== undefined) {
    const { hardwareOf } = await import("../hardware/lookup.ts");
    if (!hardwareOf(config).usesIncus) return;
  }
  const { ensureRunning } = await import("../setup/running.ts");
  await ensureRunning((text) => process.stderr.write(`${text}\n`));
}

/** Where `lab verify` fails, `preview` and `up` see it too. */
const probeWithChecks: typeof probeLab = async (...args) =>
  (await import("../verify/probe.ts")).probeWithChecks(...args);

async function withPool<T>(work: (pool: SshPool) => Promise<T>): Promise<T> {
  const { SshPool } = await import("../transport/ssh.ts");
  const pool = new SshPool();
  try {
    return await work(pool);
  } finally {
    pool.close();
  }
}
