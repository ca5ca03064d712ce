import { programText } from "../config/program-text.ts";

/**
 * Shell function that prints the kernel's name of a network interface. The interface is given by its name, or by its MAC, which several
 * devices may have: what is stacked on a card (bridges and VLANs; not bonds), and a switch's port of its own name. A piece of hardware comes
 * first, then one end of a pair, then any other. It prints nothing when there is none.
 */
export const INTERFACE = programText("hardware/interface.sh");
