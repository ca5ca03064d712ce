import { STATE } from "../../actions/shell.ts";

/** On a host that is a node: two lines, the stack and the node that it is. Anybody may read it. */
export const MARKER = `${STATE}/host`;
