/**
 * Variables in the `environment` of a step's resource that are for the command plugin alone: no script sees them, and what
 * changes in them is no difference by itself. This one is what `carry` gives: by it the plugin can tell whether the step holds.
 */
export const STEP = "SCRATCHSTACK_STEP";
/** A mark that was not there before has the step done again; one that is gone means nothing. */
export const AGAIN = "SCRATCHSTACK_AGAIN";
/** What a refresh found. The step is done again, and the variable is gone with it. */
export const DRIFT = "SCRATCHSTACK_DRIFT";
export const MARKS: readonly string[] = [STEP, AGAIN, DRIFT];

/** Set to `1` in the environment of the plugin where `lab` itself looks at the nodes: faster, all steps of a node at once. */
export const LOOKED = "SCRATCHSTACK_LOOKED";
