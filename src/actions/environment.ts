/**
 * Variables in the `environment` of a step's resource that are for the command plugin alone. No script gets them, and a change of
 * their value is no difference by itself.
 */

/** What `stepRecord` returns: the plugin needs it to tell whether the step still holds. */
export const STEP_RECORD = "SCRATCHSTACK_STEP";
/** The step is done again when this variable has a value that it did not have before. Its removal means nothing. */
export const RUN_AGAIN = "SCRATCHSTACK_AGAIN";
/** What a refresh found to differ. The step is done again, which removes the variable. */
export const DRIFT = "SCRATCHSTACK_DRIFT";
export const PLUGIN_VARIABLES: readonly string[] = [STEP_RECORD, RUN_AGAIN, DRIFT];

/** `1` in the environment of the plugin's process when `lab` itself probes the nodes, which is faster: all steps of a node at once. */
export const LAB_PROBES = "SCRATCHSTACK_LOOKED";
