import { UserError } from "../config/errors.ts";
import { type ProxyEnvironment, proxyEnvironment } from "../config/proxy.ts";
import type { ConfiguredStack, StackConfig } from "../config/schema.ts";
import { secretsIn } from "../config/secret-value.ts";
import { decrypted } from "../engine/config-secrets.ts";
import { imagesOf } from "../hardware/lookup.ts";
import { makerInWords } from "../hardware/state-mark.ts";
import type { NodeImage, StoredImage } from "../hardware/types.ts";
import { packagesByNode } from "../plan/packages.ts";
import { plannedSteps } from "../plan/planned-steps.ts";
import { LineWriter } from "../transport/lines.ts";
import { runLocal } from "../transport/local.ts";
import type { RunEvent } from "./events.ts";
import type { RunOptions } from "./execute.ts";
import { recordRun } from "./recorder.ts";
import { Collector, type RunReport } from "./report.ts";
import { titleOf } from "./translate-events.ts";

/** An image on this machine, and whether a stack uses it. */
export interface KnownImage extends StoredImage {
  readonly current: boolean;
  /** Another user made it, or this one with another data folder. */
  readonly others: boolean;
}

const wantedImages = (config: StackConfig): NodeImage[] =>
  imagesOf(config).wanted(config, packagesByNode(config, plannedSteps(config)));

/** All images that `lab` made on this machine, with their use by one stack. */
export async function images({ config }: ConfiguredStack): Promise<KnownImage[]> {
  const current = new Set(wantedImages(config).map(({ alias }) => alias));
  const stored = await imagesOf(config).stored();
  return stored.map((image) => ({
    ...image,
    current: image.alias !== null && current.has(image.alias),
    others: image.by !== null && image.by !== makerInWords(),
  }));
}

export async function removeImage({ config }: ConfiguredStack, image: StoredImage): Promise<void> {
  await imagesOf(config).remove(image);
}

/** Makes the baked images of a stack that do not exist yet, all at the same time. */
export async function bake(
  stack: ConfiguredStack,
  options: Pick<RunOptions, "onEvent" | "signal">,
): Promise<RunReport> {
  const { name, config } = await decrypted(stack);
  const { signal } = options;
  const environment = proxyEnvironment(config, []);
  const wanted = wantedImages(config).filter(({ baked }) => baked);
  const stored = new Set((await images(stack)).map(({ alias }) => alias));
  return recordRun({ command: "bake", stack: name, lab: config.lab }, options, async (recorder) => {
    recorder.hide(secretsIn(config));
    const collector = new Collector([]);
    recorder.listen((event) => collector.add(event));
    recorder.emit({ type: "plan", total: wanted.length, at: Date.now() });
    await Promise.all(
      wanted.map((image) => make(image, environment, stored.has(image.alias), recorder.emit, signal)),
    );
    return {
      ok: collector.failures.length === 0 && !signal.aborted,
      interrupted: signal.aborted,
      changed: collector.steps.length,
      unchanged: collector.unchanged,
      failed: collector.failures.map((item) => ({ ...item, log: recorder.file(item.name) })),
      seconds: recorder.seconds,
      steps: collector.steps,
      logDirectory: recorder.directory,
    };
  });
}

/** Makes one image. A failure is an event, not an error. */
async function make(
  { script, nodes }: NodeImage,
  environment: ProxyEnvironment,
  exists: boolean,
  emit: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const [node = ""] = nodes;
  const name = `hardware/image-${node}`;
  const began = Date.now();
  const now = () => ({ seconds: (Date.now() - began) / 1000, at: Date.now() });
  const output = (text: string): void => emit({ type: "output", name, text, at: Date.now() });
  const failed = (message: string): void => emit({ type: "failed", name, node, message, ...now() });
  emit({ type: "started", name, node, title: titleOf(name), operation: "create", at: began });
  const [out, err] = [new LineWriter(output), new LineWriter(output)];
  try {
    const { code, stderr } = await runLocal({
      command: script,
      environment,
      onStdout: out.write,
      onStderr: err.write,
      signal,
    });
    out.end();
    err.end();
    if (code !== 0) return failed(stderr.trim());
    emit({ type: "done", name, node, changed: !exists, ...now() });
  } catch (error) {
    if (signal.aborted || error instanceof UserError) return failed((error as Error).message);
    throw error;
  }
}
