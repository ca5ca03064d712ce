import { quote } from "../config/quote.ts";

/** Commands that messages and pages suggest for a step, without the command's own name. */
export const verifyCommand = (step: string): string => `verify ${step}`;
export const redoCommand = (step: string): string => `redo ${step}`;
export const resetCommand = (step: string): string => `reset ${step.split("/")[0] ?? step}`;
export const onNodeCommand = (node: string, command: string): string => `exec ${node} -- ${quote(command)}`;
