import { UserError } from "../config/errors.ts";
import type { ConfiguredStack, StackConfig } from "../config/schema.ts";
import { imagesOf } from "../hardware/lookup.ts";
import type { NodeImage, StoredImage } from "../hardware/types.ts";
import { packagesByNode } from "../plan/packages.ts";
import { plannedSteps } from "../plan/planned-steps.ts";
import { runLocal } from "../transport/local.ts";
import type { LabEvent } from "./events.ts";
import type { RunOptions } from "./follow.ts";
import { RunLog } from "./log.ts";
import { Collector, type RunReport } from "./report.ts";
import { titleOf } from "./translate-events.ts";

/** An image on this machine, and whether a stack would use it, with baked images or without. */
export interface KnownImage extends StoredImage {
  readonly current: boolean;
}

const wantedImages = (config: StackConfig): NodeImage[] =>
  imagesOf(config).wanted(config, packagesByNode(config, plannedSteps(config)));

/** All images of ours on this machine, seen from one stack. */
export async function images({ config }: ConfiguredStack): Promise<KnownImage[]> {
  const current = new Set(wantedImages(config).map(({ alias }) => alias));
  const stored = await imagesOf(config).stored();
  return stored.map((image) => ({ ...image, current: image.alias !== null && current.has(image.alias) }));
}

export async function removeImage({ config }: ConfiguredStack, image: StoredImage): Promise<void> {
  await imagesOf(config).remove(image);
}

/** Makes the baked images of a stack that are not there, all at the same time. */
export async function bake(
  stack: ConfiguredStack,
  options: Pick<RunOptions, "onEvent" | "signal">,
): Promise<RunReport> {
  const wanted = wantedImages(stack.config).filter(({ baked }) => baked);
  const stored = new Set((await images(stack)).map(({ alias }) => alias));
  const began = Date.now();
  const log = new RunLog(stack.name, new Date(began));
  const collector = new Collector([]);
  const tell = (event: LabEvent): void => {
    log.write(event);
    collector.add(event);
    options.onEvent(event);
  };
  tell({ type: "plan", total: wanted.length });
  await Promise.all(wanted.map((image) => make(image, stored.has(image.alias), tell, options.signal)));
  return {
    ok: collector.failures.length === 0 && !options.signal.aborted,
    interrupted: options.signal.aborted,
    changed: collector.steps.length,
    unchanged: collector.unchanged,
    failed: collector.failures.map((item) => ({ ...item, log: log.file(item.name) })),
    seconds: (Date.now() - began) / 1000,
    steps: collector.steps,
    logDirectory: log.directory,
  };
}

/** Never throws: what goes wrong is an event. */
async function make(
  { script, nodes }: NodeImage,
  there: boolean,
  tell: (event: LabEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const [node = ""] = nodes;
  const name = `hardware/image-${node}`;
  const began = Date.now();
  const told = (text: string): void => tell({ type: "output", name, text });
  const failed = (message: string): void => tell({ type: "failed", name, node, message, at: Date.now() });
  tell({ type: "started", name, node, title: titleOf(name), operation: "create", at: began });
  try {
    const { code, stderr } = await runLocal({ command: script, onStdout: told, onStderr: told, signal });
    if (code !== 0) return failed(stderr.trim());
    tell({ type: "done", name, node, changed: !there, seconds: (Date.now() - began) / 1000, at: Date.now() });
  } catch (error) {
    if (signal.aborted || error instanceof UserError) return failed((error as Error).message);
    throw error;
  }
}
