import { command } from "../command.ts";
import { doctorView } from "../views/doctor.ts";

export const doctor = command({
  name: "doctor",
  summary: "check whether this machine can build labs, and print what fixes it",
  run: async (invocation) => {
    const rows = await invocation.context.lab.machine.doctor();
    doctorView(invocation, rows);
    return rows.some((row) => row.state === "missing") ? 1 : 0;
  },
});
