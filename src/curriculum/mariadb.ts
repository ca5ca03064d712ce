import { BEFORE_PACKAGES, portOpen } from "./checks.ts";
import { self } from "./tokens.ts";
import type { Service } from "./types.ts";

/** The database of every service. */
export const mariadb: Service = {
  id: "mariadb",
  title: "MariaDB",
  module: "001",
  steps: [
    {
      id: "mariadb/install-packages",
      title: "Install MariaDB",
      why: "Each OpenStack service stores its data in its own SQL database. One MariaDB server holds all of them.",
      role: "control",
      after: BEFORE_PACKAGES,
      action: { kind: "packages", names: ["mariadb-server", "libeatmydata1"] },
      see: "the package is installed and none of its services runs yet",
    },
    {
      id: "mariadb/configure",
      title: "Configure MariaDB for a lab",
      why: "Services on other nodes connect over the management network. A lab has little data, so small buffers leave more memory for servers. MariaDB 11.8 reports an error when a row has changed since a transaction read it. OpenStack does not expect this error, and two logins at the same time can cause it.",
      role: "control",
      action: {
        kind: "file",
        path: "/etc/mysql/mariadb.conf.d/90-scratchstack.cnf",
        content: `[mariadbd]
bind-address = ${self("address")}
skip-name-resolve
max_connections = 400
innodb_buffer_pool_size = 64M
innodb_log_file_size = 32M
innodb_flush_log_at_trx_commit = 2
innodb_snapshot_isolation = OFF
key_buffer_size = 1M
aria_pagecache_buffer_size = 8M
performance_schema = OFF`,
      },
      see: "the server listens on the management address and uses about 100 MB",
    },
    {
      id: "mariadb/skip-flushes",
      title: "Let the kernel decide when to write to disk",
      why: "Each new table waits for the disk several times, and the services create hundreds of tables. Without the wait, you lose data only if the machine itself crashes, and then you rebuild the lab. Never do this to data that matters.",
      role: "control",
      action: {
        kind: "file",
        path: "/etc/systemd/system/mariadb.service.d/scratchstack.conf",
        content: "[Service]\nEnvironment=LD_PRELOAD=libeatmydata.so",
      },
      see: "MariaDB starts with libeatmydata, which makes fsync do nothing",
    },
    {
      id: "mariadb/start",
      title: "Start MariaDB",
      why: "MariaDB is configured, and every following service needs it.",
      role: "control",
      after: ["mariadb/skip-flushes", "base/keep-trying"],
      action: { kind: "unit", units: ["mariadb"], ready: "mariadb-admin --silent ping" },
      see: "mariadb is active and answers",
      checks: [
        {
          name: "answers",
          expect: "the server runs a query",
          run: "mariadb --batch --skip-column-names --execute='SELECT VERSION()'",
        },
        {
          name: "listens",
          expect: "the server accepts connections over the management network",
          run: portOpen(self("address"), 3306),
        },
      ],
    },
  ],
};
