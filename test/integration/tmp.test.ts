import { lab001, lab002 } from "../../src/curriculum/labs.ts";
import { newBreaks } from "../breaks/index.ts";
import { breaks } from "./breaks.ts";
breaks("lab002", newBreaks(lab002, lab001));
