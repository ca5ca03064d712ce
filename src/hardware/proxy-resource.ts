import type { NodeResource } from "./kind.ts";

/** What makes apt on a node fetch through the stack's proxy (`proxy.ts`). */
export const PROXY_RESOURCE: NodeResource = {
  part: "proxy",
  title: (node) => `Let ${node} fetch packages through the proxy`,
};
