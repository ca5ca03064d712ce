import { lab } from "./tokens.ts";
import type { Service } from "./types.ts";

/** What every node needs before anything is installed on it. */
export const base: Service = {
  id: "base",
  title: "Base system",
  module: "001",
  steps: [
    {
      id: "base/name-resolution",
      title: "Let the nodes find each other by name",
      why: "RabbitMQ and Nova identify a node by its host name. Every node must therefore resolve every name, including its own, to the management address.",
      role: "all",
      action: {
        kind: "lines",
        path: "/etc/hosts",
        content: lab("hosts"),
        // Debian gives a machine's own name to 127.0.1.1.
        instead: `^[^#]*\\s(${lab("names")})(\\s|$)`,
      },
      see: "/etc/hosts lists every node of the lab with its management address",
      checks: [
        {
          name: "own-name",
          expect: "the node's own name is its management address, not loopback",
          run: 'getent ahostsv4 "$(hostname)" | { read -r address rest; echo "$(hostname) is $address"; case $address in 127.*) exit 1 ;; esac; }',
        },
      ],
    },
    {
      id: "base/clock",
      title: "Keep the clock right",
      why: "Tokens expire by the clock, and services that report too late count as down. Nodes whose clocks differ reject each other. A container uses the clock of its machine.",
      role: "all",
      after: [],
      action: {
        kind: "command",
        run: `
if systemd-detect-virt --quiet --container; then
  echo "a container has the clock of its machine"
else
  export DEBIAN_FRONTEND=noninteractive
  apt-get -q -y -o DPkg::Lock::Timeout=900 install systemd-timesyncd
  systemctl unmask systemd-timesyncd
  systemctl enable systemd-timesyncd
  # Also where it runs: somebody may just have named a server in its configuration.
  systemctl restart systemd-timesyncd
  waited=0
  until [ "$(timedatectl show --property=NTPSynchronized --value)" = yes ]; do
    if [ "$waited" -ge 60 ]; then
      echo "no time server answered this node within 60 s. Let it reach one over UDP port 123, or name one of your own in" >&2
      echo "/etc/systemd/timesyncd.conf on the node (NTP=ADDRESS below [Time]); then run lab up again." >&2
      exit 1
    fi
    waited=$((waited + 1))
    sleep 1
  done
fi`.trim(),
        holds: `
if systemd-detect-virt --quiet --container; then
  echo "the clock is the machine's: $(date -u)"
else
  [ "$(timedatectl show --property=NTPSynchronized --value)" = yes ]
  echo "synchronized: $(date -u)"
fi`.trim(),
      },
      see: "the machine or a time server keeps the clock right",
    },
    {
      id: "base/hold-services-back",
      title: "Keep packages from starting their services",
      why: "Debian starts a service as soon as its package is installed. An OpenStack service without a configuration crashes and restarts again and again, which slows down the node.",
      role: "all",
      after: [],
      action: {
        kind: "file",
        path: "/usr/sbin/policy-rc.d",
        content:
          "#!/bin/sh\n# 101: not allowed. Services are started by their own step, once they are configured.\nexit 101",
        mode: "0755",
      },
      see: "policy-rc.d answers 101 when a package wants to start a service",
    },
    {
      id: "base/keep-trying",
      title: "Let services try again until what they need is there",
      why: "After a reboot all services start at the same time, some before the database or the message broker. By default, systemd gives up after five failures. This file makes it try without a limit.",
      role: "all",
      after: [],
      action: {
        kind: "file",
        path: "/etc/systemd/system/service.d/scratchstack.conf",
        content: "[Unit]\nStartLimitIntervalSec=0\n\n[Service]\nRestartSec=2",
      },
      see: "systemd restarts a failed service every two seconds, without a limit",
    },
    {
      id: "base/package-lists",
      title: "Fetch the lists of packages",
      why: "Debian 13 contains OpenStack 2025.1, so Debian's own archive is the only source of packages.",
      role: "all",
      after: [],
      action: {
        kind: "command",
        run: "apt-get -q update",
        // `apt-cache policy` would still show the installed version without the lists.
        holds: "apt-cache madison nova-common | grep -m 1 nova-common",
      },
      see: "apt knows the OpenStack packages",
    },
  ],
};
