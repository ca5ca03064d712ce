import { z } from "zod";
import { parseAddress, parseCidr } from "./ipv4.ts";

/**
 * Schemas of single values. `expected` is the sentence fragment a problem shows after "expected".
 * @param pattern for the JSON Schema of stack files: what every allowed value matches
 */

const text = (expected: string, pattern: RegExp, allowed: (value: string) => boolean) =>
  z
    .string({ error: expected })
    .refine((value) => allowed(value), { error: expected })
    .meta({ pattern: pattern.source });

export const matching = (expected: string, pattern: RegExp) =>
  text(expected, pattern, (value) => pattern.test(value));

const OCTET = "(25[0-5]|2[0-4]\\d|[01]?\\d?\\d)";
/** Four numbers from 0 to 255, as part of a pattern. */
const ADDRESS = `${OCTET}(\\.${OCTET}){3}`;

export const address = (expected = "an IPv4 address, e.g. 10.141.7.1") =>
  text(expected, new RegExp(`^${ADDRESS}$`), (value) => parseAddress(value) !== undefined);

/** An IPv4 network whose prefix is in a range. */
export const network = (expected: string, shortest: number, longest: number) => {
  const prefixes = Array.from({ length: longest - shortest + 1 }, (_, index) => shortest + index);
  return text(expected, new RegExp(`^${ADDRESS}/(${prefixes.join("|")})$`), (value) =>
    prefixes.includes(parseCidr(value)?.prefix ?? -1),
  );
};

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
