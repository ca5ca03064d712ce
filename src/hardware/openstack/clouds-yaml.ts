import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { nearest } from "../../config/nearest.ts";
import { isMapping } from "../../config/normalize.ts";
import type { Problem } from "../types.ts";

/** What is read of this machine for credentials. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Text of a file, undefined where there is none. */
  readonly read: (path: string) => string | undefined;
  /** The working folder. @default no folder: only the user's and the machine's files are read */
  readonly folder?: string;
}

export type Values = Readonly<Record<string, unknown>>;

/** A cloud as `clouds.yaml` has it, all files merged. All scalars are strings. */
export interface Entry {
  /** The file that names the cloud. */
  readonly path: string;
  readonly values: Values;
}

export const mapping = (value: unknown): Values => (isMapping(value) ? value : {});

/** @returns undefined for what is absent, empty or null */
export const text = (value: unknown): string | undefined =>
  typeof value === "string" && !["", "~", "null"].includes(value) ? value : undefined;

/** The user's home folder, as `~` means it. */
const homeOf = ({ env }: Surroundings): string => env.HOME ?? homedir();

/** A path of `clouds.yaml` or of a variable, with `~` and from the working folder. */
export function expanded(path: string, surroundings: Surroundings): string {
  const whole = path.replace(/^~(?=\/|$)/, homeOf(surroundings));
  return surroundings.folder === undefined ? whole : resolve(surroundings.folder, whole);
}

/** Where the openstack client looks for a file, in its order. The first that is there counts. */
function places(surroundings: Surroundings, name: string, variable?: string): string[] {
  const { env, folder } = surroundings;
  const home = homeOf(surroundings);
  const given = variable === undefined ? undefined : env[variable];
  const folders = [
    ...(folder === undefined ? [] : [folder]),
    join(env.XDG_CONFIG_HOME || join(home, ".config"), "openstack"),
    join(home, ".config/openstack"),
    "/etc/xdg/openstack",
    "/etc/openstack",
  ];
  const usual = folders.flatMap((one) => ["yaml", "yml", "json"].map((end) => join(one, `${name}.${end}`)));
  return [...(given ? [expanded(given, surroundings)] : []), ...new Set(usual)];
}

interface File {
  readonly path: string;
  readonly content: Values;
}

function load(surroundings: Surroundings, name: string, variable?: string): File | undefined {
  return places(surroundings, name, variable).flatMap((path) => {
    const found = surroundings.read(path);
    return found === undefined ? [] : [{ path, content: parsed(found) }];
  })[0];
}

/** Scalars stay as they are written: a project `0001` is not the number 1. */
function parsed(content: string): Values {
  try {
    return underscored(mapping(parse(content, { schema: "failsafe", merge: true })));
  } catch {
    return {};
  }
}

/** The client takes `project-name` for `project_name`. Names of clouds stay. */
function underscored(file: Values): Values {
  const keys = (value: unknown): unknown =>
    isMapping(value)
      ? Object.fromEntries(
          Object.entries(value).map(([key, below]) => [key.replaceAll("-", "_"), keys(below)]),
        )
      : value;
  const clouds = (value: unknown) =>
    Object.fromEntries(Object.entries(mapping(value)).map(([name, entry]) => [name, keys(entry)]));
  return Object.fromEntries(Object.entries(file).map(([key, value]) => [key, clouds(value)]));
}

/** The values of one over those of another; `auth` key by key. */
const over = (lower: Values, upper: Values): Values => ({
  ...lower,
  ...upper,
  auth: { ...mapping(lower.auth), ...mapping(upper.auth) },
});

/**
 * A cloud of `clouds.yaml` with its profile (`clouds-public.yaml`) below it, and its secrets (`secure.yaml`) and what its region has
 * above it, merged as the openstack client merges them.
 * @param where the key or variable that names the cloud
 * @param region that the environment asks for. @default the first of the cloud's
 */
export function entryOf(
  cloud: string,
  where: string,
  surroundings: Surroundings,
  region?: string,
): Entry | Problem {
  const file = load(surroundings, "clouds", "OS_CLIENT_CONFIG_FILE");
  if (file === undefined) return noFile(cloud, where, surroundings);
  const clouds = mapping(file.content.clouds);
  if (!isMapping(clouds[cloud])) return unknownCloud(cloud, where, file.path, Object.keys(clouds));
  const secure = load(surroundings, "secure", "OS_CLIENT_SECURE_FILE")?.content;
  const own = over(mapping(clouds[cloud]), mapping(mapping(secure?.clouds)[cloud]));
  const profile = text(own.profile) ?? text(own.cloud);
  const shared = profile === undefined ? {} : profileOf(profile, surroundings);
  if (shared === undefined && text(mapping(own.auth).auth_url) === undefined)
    return unknownProfile(cloud, file.path, profile ?? "");
  const whole = over(shared ?? {}, own);
  const regions = regionsOf(whole);
  const chosen = region === undefined ? regions[0] : regions.find(({ name }) => name === region);
  if (chosen === undefined && region !== undefined && regions.length > 0)
    return unknownRegion(
      cloud,
      file.path,
      region,
      regions.map(({ name }) => name),
    );
  const values = over(whole, chosen?.values ?? {});
  const named = chosen?.name ?? region;
  return { path: file.path, values: named === undefined ? values : { ...values, region_name: named } };
}

const profileOf = (profile: string, surroundings: Surroundings): Values | undefined => {
  const found = mapping(load(surroundings, "clouds-public")?.content["public-clouds"])[profile];
  return isMapping(found) ? found : undefined;
};

/** `regions` is a list of names, or of names with values of their own; `region_name` may be several with commas. */
function regionsOf({ regions, region_name: name }: Values): { name: string; values: Values }[] {
  if (Array.isArray(regions))
    return regions.flatMap((region: unknown) => {
      const called = text(isMapping(region) ? region.name : region);
      return called === undefined ? [] : [{ name: called, values: mapping(mapping(region).values) }];
    });
  const names = text(name)?.split(",") ?? [];
  return names.map((one) => ({ name: one.trim(), values: {} }));
}

function noFile(cloud: string, where: string, surroundings: Surroundings): Problem {
  const usual = places(surroundings, "clouds", "OS_CLIENT_CONFIG_FILE").filter(
    (path) => path.endsWith(".yaml") && !path.startsWith("/etc/xdg/"),
  );
  return {
    where,
    found: `${cloud}, and no clouds.yaml in ${usual.join(" or ")}`,
    expected: "a cloud that clouds.yaml names",
    fix: `put the cloud's clouds.yaml there (its dashboard offers it under "API Access"), or set hardware.auth`,
  };
}

function unknownCloud(cloud: string, where: string, path: string, known: readonly string[]): Problem {
  const near = nearest(cloud, known);
  const meant = near === undefined ? "" : `; did you mean ${near}?`;
  return {
    where,
    found: `${cloud}, which ${path} does not have`,
    expected: `a cloud of it: ${known.join(", ") || "there is none"}${meant}`,
    fix: `set ${where === "OS_CLOUD" ? "OS_CLOUD" : "hardware.cloud"} to one of them, or add it to ${path}`,
  };
}

const unknownProfile = (cloud: string, path: string, profile: string): Problem => ({
  where: `${path}, cloud ${cloud}`,
  found: `profile ${profile}, which no clouds-public.yaml has`,
  expected: "a profile under public-clouds of a clouds-public.yaml beside it",
  fix: `add auth_url and region_name of ${profile} to the cloud in ${path}, in place of the profile`,
});

const unknownRegion = (cloud: string, path: string, region: string, known: readonly string[]): Problem => ({
  where: "OS_REGION_NAME",
  found: `${region}, which is no region of cloud ${cloud} in ${path}`,
  expected: `one of: ${known.join(", ")}`,
  fix: "set OS_REGION_NAME to one of them, or unset it",
});
