import { lab001, lab002 } from "../../src/curriculum/labs.ts";
import { newBreaks } from "../breaks/index.ts";
import { breaks } from "./breaks.ts";
const all = newBreaks(lab002, lab001);
breaks("lab002", all.filter((b, i) => i >= all.findIndex((x) => x.check === "first-login/log-in") || ["neutron/start:networks-listed", "neutron-openvswitch-agent/start:bridges"].includes(b.check)));
