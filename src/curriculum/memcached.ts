import { BEFORE_PACKAGES, portOpen, pythonCheck } from "./checks.ts";
import { self } from "./tokens.ts";
import type { Service } from "./types.ts";

/** The cache of tokens and of Horizon's sessions. */
export const memcached: Service = {
  id: "memcached",
  title: "Memcached",
  module: "001",
  steps: [
    {
      id: "memcached/install-packages",
      title: "Install Memcached",
      why: "Every request carries a token that must be checked. The cache remembers the result, so that services do not ask Keystone about the same token again and again.",
      role: "control",
      after: BEFORE_PACKAGES,
      action: { kind: "packages", names: ["memcached"] },
      see: "the package is installed and nothing of it runs yet",
    },
    {
      id: "memcached/configure",
      title: "Configure Memcached",
      why: "Memcached has no passwords. It therefore listens only on the management network, over TCP.",
      role: "control",
      action: {
        kind: "file",
        path: "/etc/memcached.conf",
        content: `-d
logfile /var/log/memcached.log
-m 64
-t 2
-c 1024
-p 11211
-U 0
-u memcache
-l ${self("address")}
-P /var/run/memcached/memcached.pid`,
      },
      see: "memcached.conf makes Memcached listen on the management address, with at most 64 MB",
    },
    {
      id: "memcached/start",
      title: "Start Memcached",
      why: "Keystone, the other services and Horizon use it.",
      role: "control",
      after: ["memcached/configure", "base/keep-trying"],
      action: { kind: "unit", units: ["memcached"], ready: portOpen(self("address"), 11211) },
      see: "memcached is active and port 11211 is open",
      checks: [
        {
          name: "set-and-get",
          expect: "a value that was set is read back",
          run: pythonCheck(`
import socket

with socket.create_connection(("${self("address")}", 11211), 5) as connection:
    connection.sendall(b"set scratchstack 0 10 4\\r\\nlab1\\r\\nget scratchstack\\r\\nquit\\r\\n")
    answer = b"".join(iter(lambda: connection.recv(4096), b""))
assert b"\\r\\nlab1\\r\\n" in answer, answer
print("a value was set and read back")`),
        },
      ],
    },
  ],
};
