import { refuseUnknownNames } from "../../run/named.ts";
import type { CheckResult } from "../../verify/results.ts";
import { command } from "../command.ts";
import { openStack } from "../stack.ts";
import { verifyView } from "../views/verify.ts";
import { watch } from "../watch.ts";

export const verify = command({
  name: "verify",
  summary: "check whether everything still holds; changes nothing",
  arguments: [["[step-or-service...]", "run only the checks of these, e.g. keystone or nova/start-api"]],
  options: [["--watch", "check again and again, and show what changes, until Ctrl-C"]],
  run: async (invocation) => {
    const { context, options, args } = invocation;
    const { readings } = context.lab;
    const stack = await openStack(invocation);
    refuseUnknownNames(stack.name, args, await stack.plannedSteps());
    if (options.watch) return watch(invocation, stack);
    const current = await stack.built();
    const view = verifyView(invocation, current);
    const record = await readings.recordChecks(current);
    const onResult = (result: CheckResult): void => {
      record.add(result);
      view.checked(result);
    };
    const results = await readings
      .verify(current, { only: args, required: current.wanted, onResult })
      .finally(view.allChecked);
    record.end(results, false);
    view.end(results, await readings.rootCauses(results, current.steps));
    if (results.some(({ ok }) => !ok)) {
      for (const line of await readings.obstacles(current))
        context.stderr.write(`It may be this machine: ${line}\n`);
    }
    return results.every(({ ok }) => ok) ? 0 : 1;
  },
});
