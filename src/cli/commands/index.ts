import type { CliCommand, CliGroup } from "../command.ts";
import { READINGS, readingCommand } from "../readings.ts";
import { checkpoint } from "./checkpoint.ts";
import { completion } from "./completion.ts";
import { doctor } from "./doctor.ts";
import { down } from "./down.ts";
import { env } from "./env.ts";
import { exec } from "./exec.ts";
import { hosts } from "./hosts.ts";
import { image } from "./image.ts";
import { logs } from "./logs.ts";
import { preview } from "./preview.ts";
import { redo } from "./redo.ts";
import { reset } from "./reset.ts";
import { ssh } from "./ssh.ts";
import { status } from "./status.ts";
import { up } from "./up.ts";
import { verify } from "./verify.ts";

/** All commands, in the order of the help. */
export const COMMANDS: readonly (CliCommand | CliGroup)[] = [
  doctor,
  preview,
  up,
  status,
  verify,
  ssh,
  exec,
  logs,
  checkpoint,
  reset,
  redo,
  ...READINGS.map(readingCommand),
  image,
  hosts,
  env,
  completion,
  down,
];
