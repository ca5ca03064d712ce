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
      why: "RabbitMQ and Nova know a node by its host name, so every node must resolve every name to its management address, its own included.",
      role: "all",
      action: {
        kind: "file",
        path: "/etc/hosts",
        content: `127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n${lab("hosts")}`,
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
      why: "Tokens expire and services count as down by the clock: nodes whose clocks differ refuse each other. A container has the clock of its machine.",
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
      see: "the clock is kept by the machine, or by a time server",
    },
    {
      id: "base/hold-services-back",
      title: "Keep packages from starting their services",
      why: "Debian starts a service as soon as it is installed. An OpenStack service that is not configured yet crashes, is started again, and starves the node meanwhile.",
      role: "all",
      after: [],
      action: {
        kind: "file",
        path: "/usr/sbin/policy-rc.d",
        content:
          "#!/bin/sh\n# 101: not allowed. Services are started by their own step, once they are configured.\nexit 101",
        mode: "0755",
      },
      see: "policy-rc.d answers 101 to whatever a package wants to start",
    },
    {
      id: "base/keep-trying",
      title: "Let services try again until what they need is there",
      why: "After a reboot all services start at once, and some before the database or the message broker. systemd gives up after five failures; here it tries on.",
      role: "all",
      after: [],
      action: {
        kind: "file",
        path: "/etc/systemd/system/service.d/scratchstack.conf",
        content: "[Unit]\nStartLimitIntervalSec=0\n\n[Service]\nRestartSec=2",
      },
      see: "a service that fails is started again every two seconds, without an end",
    },
    {
      id: "base/package-lists",
      title: "Fetch the lists of packages",
      why: "Debian 13 carries OpenStack 2025.1 itself: its own archive is the only source of packages.",
      role: "all",
      after: [],
      action: {
        kind: "command",
        run: "apt-get -q update",
        // `apt-cache policy` would still name the installed version once the lists are gone.
        holds: "apt-cache madison nova-common | grep -m 1 nova-common",
      },
      see: "apt knows the OpenStack packages",
    },
  ],
};
