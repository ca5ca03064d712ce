import { heredoc, python } from "../actions/shell.ts";
import { programText } from "../config/program-text.ts";
import { address } from "../curriculum/tokens.ts";
import type { HealthQuestion } from "./types.ts";

const NODE = programText("health/node.py");

/** Erlang that the broker evaluates, as `rabbitmqctl eval` has it done, without an Erlang of its own. */
const inBroker = (erlang: string): string =>
  `HOME=/var/lib/rabbitmq erl_call -sname "rabbit@$(hostname -s)" -fetch_stdout -no_result_term -e ${heredoc(erlang)}`;

/** Connects to a port of the node, sends something, and waits for an answer. */
const converse = (port: number, send: string): string =>
  `python3 - ${heredoc(`
import socket
with socket.create_connection(("${address("control")}", ${port}), 5) as service:
    service.sendall(${send})
    service.settimeout(30)
    service.recv(8)`)}`;

/** What MariaDB tells in a line each. */
const DATABASE = `
SELECT CONCAT('connections ', VARIABLE_VALUE, ' of ', @@max_connections) FROM information_schema.GLOBAL_STATUS
 WHERE VARIABLE_NAME = 'THREADS_CONNECTED' AND VARIABLE_VALUE > @@max_connections;
SELECT 'read only' FROM DUAL WHERE @@read_only;
SELECT CONCAT('lock ', COUNT(*), ' ', MIN(STATE)) FROM information_schema.PROCESSLIST
 WHERE STATE LIKE 'Waiting for % lock' AND TIME >= 10 HAVING COUNT(*) > 0;`;

/** Every known cause, infrastructure first: the node, the database, the broker, the cache, Keystone. */
export const QUESTIONS: readonly HealthQuestion[] = [
  {
    name: "disk",
    text: python(NODE, "disk"),
    causes: [
      {
        pattern: /^disk (\S+) (?:ENOSPC|EDQUOT)$/,
        found: "disk full: nothing can be written in $1",
        fix: "du -x -h -d 2 / | sort -h | tail",
      },
      {
        pattern: /^disk (\S+) EROFS$/,
        found: "disk read-only: nothing can be written in $1",
        fix: "mount -o remount,rw /",
      },
      {
        pattern: /^disk (\S+) (\w+)$/,
        found: "disk fails: writing in $1 ends with $2",
        fix: "journalctl -k -n 50",
      },
    ],
    silent: { found: "disk hangs: a file of 1 MiB could not be written", fix: "journalctl -k -n 50" },
  },
  {
    name: "processes",
    text: python(NODE, "processes"),
    causes: [
      {
        pattern: /^process stopped (\S+)$/,
        unit: true,
        found: "$1 is stopped by a signal (SIGSTOP): it runs and answers nobody",
        fix: "systemctl kill --signal=CONT $1",
      },
      { pattern: /^process frozen (\S+)$/, unit: true, found: "$1 is frozen", fix: "systemctl thaw $1" },
      {
        pattern: /^process debugged (\S+)$/,
        unit: true,
        found: "$1 is held by a debugger",
        fix: "systemctl restart $1",
      },
    ],
  },
  {
    name: "memory",
    text: python(NODE, "memory"),
    causes: [
      {
        pattern: /^memory (\S+)$/,
        unit: true,
        found: "$1 was killed for lack of memory: give the node more (`memory` in the stack file)",
        fix: "systemctl restart $1",
      },
    ],
  },
  {
    name: "network",
    text: `LAB_HOSTS='{{lab:hosts}}' ${python(NODE, "network")}`,
    causes: [
      {
        pattern: /^network (\S+) (\S+)$/,
        found: "no connection to $1 ($2) in the management network",
        fix: "ip route get $2; nft list ruleset",
      },
    ],
  },
  {
    name: "name-servers",
    text: "timeout 4 getent ahostsv4 scratchstack.invalid >/dev/null || [ $? != 124 ] || sed -n 's/^nameserver/name server/p' /etc/resolv.conf",
    causes: [],
    silent: { found: "no name server answers", fix: "cat /etc/resolv.conf" },
  },
  {
    name: "database",
    service: "mariadb",
    text: `mariadb --batch --skip-column-names ${heredoc(DATABASE)} 2>&1`,
    causes: [
      {
        pattern: /^connections (\d+ of \d+)$/,
        found: "MariaDB: all connections are used up ($1)",
        fix: "systemctl restart mariadb",
      },
      {
        pattern: /^ERROR .*\b1040\b/,
        found: "MariaDB: all connections are used up",
        fix: "systemctl restart mariadb",
      },
      { pattern: /^read only$/, found: "MariaDB: read-only", fix: "mariadb -e 'SET GLOBAL read_only = 0'" },
      {
        pattern: /^lock (\d+) (.*)$/,
        found: "MariaDB: $1 queries wait ($2)",
        fix: "mariadb -e 'SHOW FULL PROCESSLIST'",
      },
    ],
    silent: { found: "MariaDB does not answer", fix: "systemctl restart mariadb" },
  },
  {
    name: "broker",
    service: "rabbitmq",
    text: inBroker(
      'io:format("~0p~ndraining ~p~n", [rabbit_alarm:get_alarms(), rabbit_maintenance:is_being_drained_local_read(node())]).',
    ),
    causes: [
      {
        pattern: /\{resource_limit,disk,/,
        found: "RabbitMQ: disk alarm, publishers are blocked",
        fix: "rabbitmqctl set_disk_free_limit 50MB",
      },
      {
        pattern: /\{resource_limit,memory,/,
        found: "RabbitMQ: memory alarm, publishers are blocked",
        fix: "rabbitmqctl set_vm_memory_high_watermark 0.6",
      },
      {
        pattern: /file_descriptor_limit/,
        found: "RabbitMQ: file descriptors are used up, no new connections",
        fix: "systemctl restart rabbitmq-server",
      },
      {
        pattern: /^draining true$/,
        found: "RabbitMQ: maintenance mode, no client is let in",
        fix: "rabbitmq-upgrade revive",
      },
    ],
    silent: { found: "RabbitMQ does not answer", fix: "systemctl restart rabbitmq-server" },
  },
  {
    name: "broker-port",
    service: "rabbitmq",
    text: converse(5672, String.raw`b"AMQP\0\0\x09\x01"`),
    causes: [],
    silent: {
      found: "RabbitMQ does not answer on port 5672",
      fix: "rabbitmqctl resume_listeners; systemctl restart rabbitmq-server",
    },
  },
  {
    name: "cache",
    service: "memcached",
    text: converse(11211, String.raw`b"version\r\n"`),
    causes: [],
    silent: { found: "memcached does not answer", fix: "systemctl restart memcached" },
  },
  {
    name: "keystone",
    service: "keystone",
    text: `curl --silent --max-time 30 --output /dev/null http://${address("control")}:5000/v3 || true`,
    causes: [],
    silent: { found: "Keystone does not answer", fix: "systemctl restart keystone" },
  },
];
