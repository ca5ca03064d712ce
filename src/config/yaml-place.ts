import { type Document, isAlias, isMap, isNode, isScalar, isSeq } from "yaml";
import { NAMESPACE } from "./normalize.ts";
import type { Path } from "./problems.ts";

/** Offset of a key in the text of a stack file; for a missing key that of the key above it. */
export function offsetOf(document: Document, path: Path): number {
  let offset = 0;
  let node: unknown = document.contents;
  for (const [depth, part] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    const next = below(node, depth === 1 ? [`${NAMESPACE}:${part}`, String(part)] : [String(part)]);
    if (next === undefined) break;
    [offset, node] = [startOf(next.place) ?? offset, next.value];
  }
  return offset;
}

function below(node: unknown, names: readonly string[]): { place: unknown; value: unknown } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(names[0])];
    return { place: item, value: item };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && names.includes(String(key.value)));
  return pair && { place: pair.key, value: pair.value };
}

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);
