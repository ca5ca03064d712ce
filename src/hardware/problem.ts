import type { Problem } from "./types.ts";

/** `<where>: found <found>, expected <expected>. To fix it: <fix>` */
export const problemInWords = ({ where, found, expected, fix }: Problem): string =>
  `${where}: found ${found}, expected ${expected}. To fix it: ${fix}`;
