import { quote } from "../../config/quote.ts";
import type { CliCommand } from "../command.ts";
import { writeJson } from "../json.ts";

export const env: CliCommand = {
  name: "env",
  summary: 'print what bare pulumi needs: eval "$(lab env)"',
  run: async ({ context, options }) => {
    const wanted = await context.lab.engineEnvironment(context.env);
    const missing = Object.entries(wanted).filter(([name, value]) => context.env[name] !== value);
    if (options.json) writeJson(context.stdout, Object.fromEntries(missing));
    else for (const [name, value] of missing) context.stdout.write(`export ${name}=${quote(value)}\n`);
    return 0;
  },
};
