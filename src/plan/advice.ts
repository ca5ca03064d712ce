/**
 * What `lab` is told to look at a step, to do it once more and to take its service back: words after the command's own name, the
 * same wherever they are read.
 */
export const verifyCommand = (step: string): string => `verify ${step}`;
export const redoCommand = (step: string): string => `redo ${step}`;
export const resetCommand = (step: string): string => `reset ${step.split("/")[0] ?? step}`;
