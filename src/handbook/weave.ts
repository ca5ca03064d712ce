/**
 * One list out of two that share most: `main` in its order, and what only `other` has behind what it follows there.
 * @param id tells which items are the same
 */
export function weave<T>(main: readonly T[], other: readonly T[], id: (item: T) => string): T[] {
  const woven = [...main];
  let at = -1;
  for (const item of other) {
    const known = woven.findIndex((one) => id(one) === id(item));
    if (known >= 0) at = known;
    else woven.splice(++at, 0, item);
  }
  return woven;
}
