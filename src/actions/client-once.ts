import { quote } from "./quote.ts";
import { heredoc } from "./shell.ts";

/**
 * Loads the client of OpenStack, which takes most of a second of processor time, then does what each caller asks in a copy of
 * this process: with the caller's arguments, environment, folder and files.
 */
const SERVER = `
import json, os, signal, socket, sys

IDLE = 120  # seconds
sys.argv = ["openstack"]  # as it calls itself in what it says

server = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
server.bind(os.environ["LAB_CLIENT"])
server.listen(64)
server.settimeout(IDLE)
signal.signal(signal.SIGCHLD, signal.SIG_IGN)

import logging
import openstack.connection
from openstackclient import shell

# It loads the modules of all services when it is first asked for anything, 0.4 s of processor time each time: here once, for all.
try:
    shell.main(["module", "list"])
except BaseException:
    # Whoever asks for something else is told.
    pass
# Else each copy would say once more what was said here, and everything else twice.
sys.stdout.flush()
sys.stderr.flush()
logging.getLogger().handlers.clear()


def serve(caller):
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    text, files, _, _ = socket.recv_fds(caller, 1 << 20, 3)
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    arguments, environment, folder = json.loads(text)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    code = 1
    try:
        code = shell.main(arguments)
    except SystemExit as end:
        code = end.code
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        caller.send(str(code or 0).encode())


while True:
    try:
        caller, _ = server.accept()
    except TimeoutError:
        break
    if os.fork() == 0:
        caller.setblocking(True)
        try:
            serve(caller)
        finally:
            os._exit(1)
    caller.close()
`.trim();

/** Asks it; where it is not there, the client itself. */
const CALLER = `
import json, os, socket, sys, time
PATIENCE = 40  # seconds: one who does not answer is not to keep those waiting who do
caller = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
for tries in range(100):
    try:
        caller.connect(os.environ["LAB_CLIENT"])
        break
    except FileNotFoundError:
        time.sleep(0.05)
    except OSError:
        break
caller.settimeout(PATIENCE)
message = json.dumps([sys.argv[1:], dict(os.environ), os.getcwd()])
try:
    socket.send_fds(caller, [message.encode()], [0, 1, 2])
    code = caller.recv(16)
except TimeoutError:
    sys.exit(f"no answer from OpenStack within {PATIENCE} s")
except OSError:
    code = b""
if code:
    sys.exit(int(code))
os.execvp("openstack", ["openstack"] + sys.argv[1:])`.trim();

/** Shell after which `openstack` is loaded once, however often it is called, until `CLIENT_ENDS`. */
export const CLIENT_ONCE = `
LAB_CLIENT=$(mktemp -d)/client
export LAB_CLIENT
python3 - >/dev/null 2>&1 ${heredoc(SERVER, "&")}
client=$!
trap 'kill "$client" 2>/dev/null || true' EXIT
openstack() { python3 -ISc ${quote(CALLER)} "$@"; }`.trim();

export const CLIENT_ENDS = `
kill "$client" 2>/dev/null || true
rm -rf "\${LAB_CLIENT%/client}"`.trim();
