import { programText } from "../../config/program-text.ts";
import { quote } from "../../config/quote.ts";
import { heredoc } from "../shell.ts";

/**
 * Loads the client of OpenStack, which takes most of a second of processor time, then serves each caller from a copy of this process:
 * with the caller's arguments, environment, folder and files.
 */
const SERVER = programText("actions/command/client_server.py");

/** Calls the server; starts the client itself when the server is not there. */
const CALLER = programText("actions/command/client_caller.py");

/** Shell that starts the server. Not on the disk, which may be full. */
export const START_SHARED_CLIENT = `
LAB_CLIENT=$(mktemp -d -p /dev/shm)/client
export LAB_CLIENT
python3 - >/dev/null 2>&1 ${heredoc(SERVER, "&")}
client=$!
trap 'kill "$client" 2>/dev/null || true' EXIT`.trim();

/** Shell in which the command `openstack` is a call of the server; it runs between the start and the stop of the server. */
export const SHARED_CLIENT = `openstack() { python3 -ISc ${quote(CALLER)} "$@"; }`;

export const STOP_SHARED_CLIENT = `
kill "$client" 2>/dev/null || true
rm -rf "\${LAB_CLIENT%/client}"`.trim();
