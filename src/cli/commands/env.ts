import { quote } from "../../config/quote.ts";
import { command } from "../command.ts";
import { writeJson } from "../views/show.ts";

export const env = command({
  name: "env",
  summary: 'print the environment that bare pulumi needs: eval "$(lab env)"',
  run: async ({ context, options }) => {
    const wanted = await context.lab.machine.engineEnvironment(context.env);
    const missing = Object.entries(wanted).filter(([name, value]) => context.env[name] !== value);
    if (options.json) writeJson(context.stdout, Object.fromEntries(missing));
    else for (const [name, value] of missing) context.stdout.write(`export ${name}=${quote(value)}\n`);
    return 0;
  },
});
