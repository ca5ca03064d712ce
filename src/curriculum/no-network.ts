import { pythonCheck } from "./checks.ts";
import { self } from "./tokens.ts";
import type { Service } from "./types.ts";

/** Where Nova asks for ports: Neutron uses this port later. */
const PORT = 9696;

const PROGRAM = `
#!/usr/bin/python3
"""Answers every question of Nova's to the network service with an empty list."""
import http.server
import json
import sys
import urllib.parse


class NoNetwork(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        kind = urllib.parse.urlparse(self.path).path.rstrip("/").rsplit("/", 1)[-1].removesuffix(".json")
        body = json.dumps({kind.replace("-", "_"): []}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        """systemd's journal needs no line a request."""


http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), NoNetwork).serve_forever()`.trim();

/** A stand-in for Neutron, for a lab without a network service. */
export const noNetwork: Service = {
  id: "no-network",
  title: "Network stand-in",
  module: "001",
  steps: [
    {
      id: "no-network/write-program",
      title: "Write a stand-in for the network service",
      why: "Since nova-network was removed, Nova asks Neutron for the ports of every server that it shows, even of a server without a network interface. Without an answer it fails. In this lab the answer is always the same: there are no ports.",
      role: "control",
      until: "lab002",
      after: ["base/hold-services-back"],
      action: { kind: "file", path: "/usr/local/sbin/no-network", content: PROGRAM, mode: "0755" },
      see: "a short Python program",
    },
    {
      id: "no-network/write-unit",
      title: "Describe it to systemd",
      why: "systemd then starts it at every boot. It runs as the user nobody, which has no other rights.",
      role: "control",
      until: "lab002",
      action: {
        kind: "file",
        path: "/etc/systemd/system/no-network.service",
        content: `[Unit]
Description=Stand-in for the network service: there are no ports
After=network-online.target
Wants=network-online.target

[Service]
User=nobody
ExecStart=/usr/local/sbin/no-network ${self("address")} ${PORT}
Restart=always

[Install]
WantedBy=multi-user.target`,
      },
      see: "systemd knows a unit called no-network",
    },
    {
      id: "no-network/start",
      title: "Start the stand-in",
      why: "Nova expects an answer on port 9696, where Neutron will be. The stand-in is not in the catalog, so clients know that there is no network service.",
      role: "control",
      until: "lab002",
      after: ["no-network/write-unit", "keystone/install-packages", "base/keep-trying"],
      action: {
        kind: "unit",
        units: ["no-network"],
        ready: pythonCheck(`
import json, urllib.request
answer = json.load(urllib.request.urlopen("http://${self("address")}:${PORT}/v2.0/ports?device_id=none", timeout=5))
assert answer == {"ports": []}, answer
print("there are no ports")`),
      },
      see: "a request for ports returns an empty list",
      checks: [
        {
          name: "no-ports",
          expect: "an empty list of ports",
          run: `curl --silent --show-error --fail --max-time 10 http://${self("address")}:${PORT}/v2.0/ports | grep -F '{"ports": []}'`,
        },
      ],
    },
  ],
};
