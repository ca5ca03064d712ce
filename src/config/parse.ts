import { checkNetworks } from "./check-networks.ts";
import { checkLab, checkNodes } from "./check-nodes.ts";
import { checkPool } from "./check-pool.ts";
import { UserError } from "./errors.ts";
import { expand } from "./expand.ts";
import { independent, problemsOf, without } from "./issues.ts";
import { checkKind, defaultKind, type Kinds } from "./kind.ts";
import { LAB_ROLES, type LabRoles } from "./labs.ts";
import { fromRuntime, ownValues, withKind } from "./normalize.ts";
import { notOneOf, type Problem, show, showProblem } from "./problems.ts";
import { type StackConfig, stackSchema } from "./schema.ts";

/** The result of a check: the configuration, or all problems. */
export type Checked = { readonly config: StackConfig } | { readonly problems: readonly Problem[] };

/**
 * Checks the values of a stack (keys with or without the namespace `scratchstack:`; other namespaces are ignored) and
 * fills in every default.
 * @param kinds of hardware that there are
 */
export function checkStackConfig(
  stack: string,
  values: Readonly<Record<string, unknown>>,
  kinds: Kinds,
  labs: LabRoles = LAB_ROLES,
): Checked {
  const schema = stackSchema(kinds);
  const own = withKind(ownValues(values), defaultKind(kinds));
  const first = schema.safeParse(own);
  const shape = (first.success ? [] : problemsOf(first.error.issues, own, kinds)).map((problem) =>
    problem.path[0] === "lab" ? notOneOf(["lab"], own.lab, Object.keys(labs)) : problem,
  );
  const wrong = shape.map(({ path }) => path);
  // What has the wrong shape is taken out, so that the rest can be judged in the same run.
  const second = first.success
    ? first
    : schema.safeParse({ lab: Object.keys(labs)[0], ...(without(own, wrong) as object) });
  const kind = second.success ? kinds[second.data.hardware.kind] : undefined;
  if (!second.success || kind === undefined) return { problems: [...checkStackName(stack), ...shape] };
  const config = expand(stack, second.data, kind, labs);
  const meaning = [
    ...checkLab(config, labs),
    ...checkNodes(config),
    ...checkNetworks(config, kind),
    ...checkPool(config, kind, labs),
    ...checkGuest(config),
    ...checkKind(second.data, kind),
    ...(kind.check?.(config, labs) ?? []),
  ];
  const problems = [...checkStackName(stack), ...shape, ...independent(meaning, wrong)];
  return problems.length > 0 ? { problems } : { config };
}

/**
 * A stack's configuration with every default filled in.
 * @throws UserError (exit code 2) listing all that is wrong with the values
 */
export function parseStackConfig(
  stack: string,
  values: Readonly<Record<string, unknown>>,
  kinds: Kinds,
  labs: LabRoles = LAB_ROLES,
): StackConfig {
  const checked = checkStackConfig(stack, values, kinds, labs);
  if ("problems" in checked) throw badConfig(`stack ${stack}`, checked.problems.map(showProblem));
  return checked.config;
}

/**
 * The same for what `pulumi.runtime.allConfig()` hands to a program: text, and JSON for what is structured.
 * @throws UserError (exit code 2) listing all that is wrong with the values
 */
export function parseRuntimeConfig(
  stack: string,
  config: Readonly<Record<string, string>>,
  kinds: Kinds,
  labs: LabRoles = LAB_ROLES,
): StackConfig {
  const { values, problems } = fromRuntime(config);
  if (problems.length > 0) throw badConfig(`stack ${stack}`, problems.map(showProblem));
  return parseStackConfig(stack, values, kinds, labs);
}

/** `<where>: 2 problems` and one line for each. */
export function badConfig(where: string, lines: readonly string[]): UserError {
  const count = `${lines.length} problem${lines.length === 1 ? "" : "s"}`;
  return new UserError(
    [`${where}: ${count} in the configuration`, ...lines.map((line) => `  ${line}`)].join("\n"),
  );
}

/** Containers, bridges and folders have it in their names. */
const STACK_NAME = /^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$/;

function checkStackName(stack: string): Problem[] {
  if (STACK_NAME.test(stack)) return [];
  const expected =
    "lower-case letters, digits and hyphens, starting with a letter, at most 30, e.g. lab001-local";
  return [{ path: ["stack name"], found: show(stack), expected }];
}

/** A downloaded guest image needs a URL and a checksum. */
function checkGuest(config: StackConfig): Problem[] {
  const { guest } = config.settings;
  if (guest.image !== "cirros") return [];
  const needed = { url: "the URL of a CirrOS disk image", sha256: "the SHA-256 of that image" } as const;
  return (["url", "sha256"] as const)
    .filter((key) => guest[key] === null)
    .map((key) => ({
      path: ["settings", "guest", key],
      found: show(undefined),
      expected: `${needed[key]}, because settings.guest.image is cirros`,
      about: [["settings", "guest", "image"]],
    }));
}
