/** When `up` takes a checkpoint by itself. */
export const CHECKPOINT_MODES = ["service", "step", "none"] as const;
export type CheckpointMode = (typeof CHECKPOINT_MODES)[number];
