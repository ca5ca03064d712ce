import { PLUGIN_VARIABLES } from "../actions/environment.ts";
import { type Properties, plainProperties, type Value } from "./values.ts";

/** The value of a plugin variable in a resource's environment; undefined where it is missing, or not known yet. */
export function pluginVariable(properties: Properties, name: string): string | undefined {
  const value = environmentOf(plainProperties(properties))[name];
  return typeof value === "string" ? value : undefined;
}

/** The properties with another value of a plugin variable, or without it. */
export function withPluginVariable(
  properties: Properties,
  name: string,
  value: string | undefined,
): Properties {
  const { [name]: _old, ...environment } = environmentOf(properties);
  return {
    ...properties,
    environment: value === undefined ? environment : { ...environment, [name]: value },
  };
}

/** The properties without plugin variables; without an environment where nothing else is in it. */
export function withoutPluginVariables(properties: Properties): Properties {
  const { environment, ...rest } = properties;
  if (!isObject(environment)) return properties;
  const kept = Object.entries(environment).filter(([name]) => !PLUGIN_VARIABLES.includes(name));
  return kept.length === 0 ? rest : { ...rest, environment: Object.fromEntries(kept) };
}

const environmentOf = ({ environment }: Properties): Properties => (isObject(environment) ? environment : {});

const isObject = (value: Value | undefined): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);
