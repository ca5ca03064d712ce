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
      why: "Each OpenStack service keeps what it knows in an SQL database of its own; all of them live in one MariaDB server.",
      role: "control",
      after: BEFORE_PACKAGES,
      action: { kind: "packages", names: ["mariadb-server", "libeatmydata1"] },
      see: "the package is installed and nothing of it runs yet",
    },
    {
      id: "mariadb/configure",
      title: "Configure MariaDB for a lab",
      why: "Services on other nodes connect over the management network. A lab's data is small: small buffers leave memory to the servers. And MariaDB 11.8 calls it an error when a row that somebody read has changed since; OpenStack does not expect that, and two logins at once are enough.",
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
      see: "the server listens on the management address and takes about 100 MB",
    },
    {
      id: "mariadb/skip-flushes",
      title: "Let the kernel decide when to write to disk",
      why: "Each new table waits for the disk several times, and the services make hundreds. What is lost without that waiting is lost only if the machine itself dies, and a lab is rebuilt then. Never do this to data that matters.",
      role: "control",
      action: {
        kind: "file",
        path: "/etc/systemd/system/mariadb.service.d/scratchstack.conf",
        content: "[Service]\nEnvironment=LD_PRELOAD=libeatmydata.so",
      },
      see: "MariaDB is started with libeatmydata, which makes fsync do nothing",
    },
    {
      id: "mariadb/start",
      title: "Start MariaDB",
      why: "It is configured now; every service needs it from here on.",
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
          expect: "the server is reached over the management network",
          run: portOpen(self("address"), 3306),
        },
      ],
    },
  ],
};
