import { UserError } from "../config/errors.ts";
import { LAB } from "../config/paths.ts";
import type { StackConfig } from "../config/schema.ts";
import { keyResource, LOGIN_KEY } from "../hardware/key-names.ts";
import { stateSorters } from "../hardware/lookup.ts";
import { stateInWords } from "../hardware/state-mark.ts";
import type { Foreign, MadeByState, Sorted } from "../hardware/types.ts";
import { nameOf, type StateResource, unwrap } from "./observed.ts";
import type { Stack } from "./stack.ts";

/** A name of a stack, with its configuration where that can be read. */
interface Named {
  readonly name: string;
  /** @default all kinds of hardware are asked */
  readonly config?: StackConfig | undefined;
}

/** What a state tells of the hardware that it made. @param resources secrets in plain text */
export function madeBy(resources: readonly StateResource[]): MadeByState {
  const login = resources.find(({ urn }) => nameOf(urn) === keyResource(LOGIN_KEY));
  const stdout = unwrap(login?.outputs?.stdout);
  return {
    loginKey: typeof stdout === "string" ? (JSON.parse(stdout) as { public: string }).public : undefined,
    resources: new Set(resources.map(({ urn }) => nameOf(urn))),
  };
}

/** Reads whose all is that bears the stack's name on its hardware. @param resources of its state */
export async function sortByState(
  { name, config }: Named,
  resources: readonly StateResource[],
): Promise<Sorted> {
  const made = madeBy(resources);
  const sorted = await Promise.all(stateSorters(config).map((sort) => sort(name, made)));
  return {
    foreign: sorted.flatMap(({ foreign }) => foreign),
    adopt: async () => {
      for (const one of sorted) await one.adopt();
    },
    removeForeign: async (tell) => {
      for (const one of sorted) await one.removeForeign(tell);
    },
  };
}

/** What another state made under the name of a stack. Reads only. @param resources of the stack's own state */
export const foreignTo = async (
  { name, validConfig: config }: Pick<Stack, "name" | "validConfig">,
  resources: readonly StateResource[],
): Promise<readonly Foreign[]> => (await sortByState({ name, config }, resources)).foreign;

/**
 * Call this before anything of a stack's hardware is changed. What its state made before there were owner marks of states gets its mark.
 * @throws UserError where another state made some of it
 */
export async function claim(stack: Named, resources: readonly StateResource[]): Promise<void> {
  const { adopt, foreign } = await sortByState(stack, resources);
  refuseForeign(stack.name, foreign);
  await adopt();
}

/** @throws UserError that says whose it is and what to do */
export function refuseForeign(stack: string, foreign: readonly Foreign[]): void {
  if (foreign.length === 0) return;
  const makers = [
    ...new Set(
      foreign.map(
        ({ by }) => by ?? "a state from before states left their mark, which this one does not know",
      ),
    ),
  ];
  throw new UserError(
    [
      `Stack ${stack} belongs to another state here; nothing was touched.`,
      `Found: ${foreign.map(({ what }) => what).join(", ")}, made by ${makers.join(" and by ")}.`,
      `Expected: nothing called after the stack, or what this state made (${stateInWords()}).`,
      "To fix it, one of these:",
      "  - work with the state that made it: as that user, with its SCRATCHSTACK_HOME or PULUMI_BACKEND_URL",
      `  - give your stack a name of its own: cp stacks/Pulumi.${stack}.yaml stacks/Pulumi.NAME.yaml, then ${LAB} up --stack NAME`,
      `  - if that state is lost: ${LAB} down --take-over --stack ${stack} removes all of this for good; it asks first`,
    ].join("\n"),
    1,
  );
}
