import { checkGuest } from "./check-guest.ts";
import { checkHosts } from "./check-hosts.ts";
import { checkKind } from "./check-kind.ts";
import { checkNetworks } from "./check-networks.ts";
import { checkLab, checkNodes } from "./check-nodes.ts";
import { checkOpenstack } from "./check-openstack.ts";
import { checkPool } from "./check-pool.ts";
import { UserError } from "./errors.ts";
import { expand } from "./expand.ts";
import { independent, problemsOf, without } from "./issues.ts";
import { LAB_ROLES, type LabRoles } from "./labs.ts";
import { fromRuntime, ownValues } from "./normalize.ts";
import { notOneOf, type Problem, showProblem } from "./problems.ts";
import { type StackConfig, stackSchema } from "./schema.ts";
import { checkStackName } from "./stack-name.ts";

/** What a stack's values amount to: a configuration, or all that is wrong with them. */
export type Checked = { readonly config: StackConfig } | { readonly problems: readonly Problem[] };

/**
 * Checks the values of a stack (keys with or without the namespace `scratchstack:`; other namespaces are ignored) and
 * fills in every default.
 */
export function checkStackConfig(
  stack: string,
  values: Readonly<Record<string, unknown>>,
  labs: LabRoles = LAB_ROLES,
): Checked {
  const own = ownValues(values);
  const first = stackSchema.safeParse(own);
  const shape = (first.success ? [] : problemsOf(first.error.issues, own)).map((problem) =>
    problem.path[0] === "lab" ? notOneOf(["lab"], own.lab, Object.keys(labs)) : problem,
  );
  const wrong = shape.map(({ path }) => path);
  // What has the wrong shape is taken out, so that the rest can be judged in the same run.
  const second = first.success
    ? first
    : stackSchema.safeParse({ lab: Object.keys(labs)[0], ...(without(own, wrong) as object) });
  if (!second.success) return { problems: [...checkStackName(stack), ...shape] };
  const config = expand(stack, second.data, labs);
  const meaning = [
    ...checkLab(config, labs),
    ...checkNodes(config),
    ...checkNetworks(config),
    ...checkPool(config, labs),
    ...checkGuest(config),
    ...checkKind(second.data),
    ...checkHosts(config, labs),
    ...checkOpenstack(config),
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
  labs: LabRoles = LAB_ROLES,
): StackConfig {
  const checked = checkStackConfig(stack, values, labs);
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
  labs: LabRoles = LAB_ROLES,
): StackConfig {
  const { values, problems } = fromRuntime(config);
  if (problems.length > 0) throw badConfig(`stack ${stack}`, problems.map(showProblem));
  return parseStackConfig(stack, values, labs);
}

/** `<where>: 2 problems` and one line for each. */
export function badConfig(where: string, lines: readonly string[]): UserError {
  const count = `${lines.length} problem${lines.length === 1 ? "" : "s"}`;
  return new UserError(
    [`${where}: ${count} in the configuration`, ...lines.map((line) => `  ${line}`)].join("\n"),
  );
}
