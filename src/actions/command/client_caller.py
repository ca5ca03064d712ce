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
os.execvp("openstack", ["openstack"] + sys.argv[1:])
