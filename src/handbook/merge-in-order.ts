/**
 * Merges two lists that share most items. The result is `main` in its order. An item that only `other` has comes after the item that
 * it follows in `other`.
 * @param id of an item; equal ids are the same item
 */
export function mergeInOrder<T>(main: readonly T[], other: readonly T[], id: (item: T) => string): T[] {
  const merged = [...main];
  let at = -1;
  for (const item of other) {
    const known = merged.findIndex((one) => id(one) === id(item));
    if (known >= 0) at = known;
    else merged.splice(++at, 0, item);
  }
  return merged;
}
