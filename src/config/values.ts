import { z } from "zod";
import { parseAddress } from "./ipv4.ts";

/** Schemas of single values. `expected` is the sentence fragment a problem shows after "expected". */

export const text = (expected: string, allowed: (value: string) => boolean) =>
  z.string({ error: expected }).refine((value) => allowed(value), { error: expected });

export const matching = (expected: string, pattern: RegExp) => text(expected, (value) => pattern.test(value));

export const address = () =>
  text("an IPv4 address, e.g. 10.141.7.1", (value) => parseAddress(value) !== undefined);

/** One-line package sources of nodes. */
export const packageSources = () =>
  listOf(
    matching(
      "a line such as `deb http://mirror.example.org/debian trixie main`",
      /^deb (\[[^\]]+\] )?[a-z+]+:\/\S+ \S+( \S+)+$/,
    ),
    "a list of lines such as `deb http://mirror.example.org/debian trixie main`",
  );

export const whole = (least: number, most: number) => {
  const error = `a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
};

export const flag = () => z.boolean({ error: "true or false" });

export const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `${values.length > 1 ? "one of " : ""}${values.join(", ")}` });

export const listOf = <T extends z.ZodType>(item: T, expected: string) =>
  z.array(item, { error: expected }).min(1, { error: expected }).readonly();

/** A mapping with known keys; any other key is a problem. */
export const section = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject(shape, { error: `a mapping with keys of: ${Object.keys(shape).join(", ")}` });
