import type { FlowStage } from "./request-flow.ts";

const QUEUES = (name: string): string =>
  `rabbitmqctl list_queues name messages consumers | grep -E '^${name}'`;
const SCHEDULER_LOG = "/var/log/nova/nova-scheduler.log";
const CONDUCTOR_LOG = "/var/log/nova/nova-conductor.log";

/** From an accepted request to a compute node that is told to build. */
export const SCHEDULING: FlowStage = {
  id: "scheduling",
  title: "Scheduling: where the server will run",
  about:
    "This part has changed most since 2013. nova-api no longer speaks to the scheduler: the conductor has become the one who leads a build from beginning to end. Placement does the counting, and a chosen node belongs to a cell.",
  steps: [
    {
      id: "8",
      title: "nova-api hands the request on",
      from: "nova-api",
      to: "nova-conductor",
      protocol: "RPC cast",
      node: "control",
      today:
        "A message `schedule_and_build_instances` into the queue `conductor`. It is a cast: nova-api waits for no answer and is free for the next request.",
      before: "A call to nova-scheduler, which answered with the chosen host.",
      unit: "nova-api",
      log: CONDUCTOR_LOG,
      command: QUEUES("conductor"),
      service: "nova",
    },
    {
      id: "8a",
      title: "The conductor asks the scheduler",
      from: "nova-conductor",
      to: "nova-scheduler",
      protocol: "RPC call",
      node: "control",
      today:
        "`select_destinations` with the request specification. A call: the conductor waits for the answer, in this lab 30 seconds at most (`rpc_response_timeout`).",
      unit: "nova-conductor",
      log: CONDUCTOR_LOG,
      command: "openstack compute service list",
      service: "nova",
    },
    {
      id: "9",
      title: "nova-scheduler takes the request from its queue",
      from: "RabbitMQ",
      to: "nova-scheduler",
      protocol: "RPC call",
      node: "control",
      today:
        "Each worker of the scheduler listens on the queue `scheduler`; whichever is free takes the message. More schedulers need no configuration but their own.",
      unit: "nova-scheduler",
      log: SCHEDULER_LOG,
      command: QUEUES("scheduler"),
      service: "nova",
    },
    {
      id: "9a",
      title: "Placement names the nodes that have enough left",
      from: "nova-scheduler",
      to: "Placement",
      protocol: "REST",
      node: "control",
      today:
        "`GET /allocation_candidates?resources=VCPU:1,MEMORY_MB:128,DISK_GB:1`. One SQL query over inventories and allocations sorts out in a large cloud all but the nodes worth looking at.",
      before:
        "Placement did not exist. It was born inside Nova in 2016 and is a service of its own since Stein (2019).",
      unit: "placement-api",
      log: "/var/log/placement/placement-api.log",
      command:
        "mariadb --execute='SELECT p.name, i.resource_class_id, i.total, i.reserved, i.allocation_ratio FROM inventories i JOIN resource_providers p ON p.id = i.resource_provider_id' placement",
      service: "placement",
    },
    {
      id: "10",
      title: "Filters and weights choose among them",
      from: "nova-scheduler",
      to: "cell database",
      protocol: "SQL",
      node: "control",
      today:
        "The state of the remaining nodes is read from the cells' databases. Filters throw out those that do not fit (a disabled service, another availability zone, a property of the image), weighers sort the rest: the one with the most memory left comes first.",
      before:
        "Filters did all the counting, memory, processors and disk included, over every node of the cloud.",
      unit: "nova-scheduler",
      log: SCHEDULER_LOG,
      command:
        "mariadb --execute='SELECT hypervisor_hostname, vcpus, memory_mb, free_ram_mb, running_vms FROM compute_nodes WHERE deleted = 0' nova",
      service: "nova",
    },
    {
      id: "10a",
      title: "The scheduler claims what the server will take",
      from: "nova-scheduler",
      to: "Placement",
      protocol: "REST",
      node: "control",
      today:
        "`PUT /allocations/<server>`. Placement refuses where another request was quicker; then the scheduler takes the next candidate. So two schedulers cannot give the same memory away twice.",
      before:
        "Nothing was claimed before the compute node itself tried, and sent the request back where it failed.",
      unit: "placement-api",
      log: "/var/log/placement/placement-api.log",
      command: "mariadb --execute='SELECT consumer_id, resource_class_id, used FROM allocations' placement",
      service: "placement",
    },
    {
      id: "11",
      title: "The scheduler answers with a node, and some others in reserve",
      from: "nova-scheduler",
      to: "nova-conductor",
      protocol: "RPC call",
      node: "control",
      today:
        "The answer names for each server the chosen node and a few alternates of the same cell, which are tried in turn where the build fails.",
      before:
        "The scheduler wrote the chosen host into the server's row and passed the order on itself. Today it has no part in the build any more.",
      unit: "nova-scheduler",
      log: SCHEDULER_LOG,
      command: "openstack server show first -c OS-EXT-SRV-ATTR:host -c status",
      service: "nova",
    },
    {
      id: "11a",
      title: "Where no node is left, the server ends in cell 0",
      from: "nova-conductor",
      to: "database of cell 0",
      protocol: "SQL",
      node: "control",
      today:
        "Only then: the server is written into `nova_cell0` with the status ERROR and the message `No valid host was found`, so that it can be shown and deleted like any other.",
      before:
        "There were no cells of this kind: cells v2 came with Ocata (2017) and every cloud has at least two databases since.",
      unit: "nova-conductor",
      log: CONDUCTOR_LOG,
      command: "mariadb --execute='SELECT COUNT(*) AS buried FROM instances WHERE deleted = 0' nova_cell0",
      service: "nova",
    },
    {
      id: "11b",
      title: "The server is written into its cell",
      from: "nova-conductor",
      to: "cell database",
      protocol: "SQL",
      node: "control",
      today:
        "The node is mapped to a cell, here `cell1`. The conductor makes the row in that cell's `instances`, notes the cell in the mapping and deletes the build request: from now on the API reads the server from the cell.",
      unit: "nova-conductor",
      log: CONDUCTOR_LOG,
      command:
        "su -s /bin/sh -c 'nova-manage cell_v2 list_hosts' nova\nmariadb --execute='SELECT hostname, host, vm_state, task_state FROM instances WHERE deleted = 0' nova",
      service: "nova",
    },
    {
      id: "12",
      title: "The compute node is told to build",
      from: "nova-conductor",
      to: "nova-compute",
      protocol: "RPC cast",
      node: "control",
      today:
        "A message `build_and_run_instance` into the queue `compute.<node>`, over the message broker of the cell. It carries the server, the flavor, the image's properties and the request specification.",
      before: "It was the scheduler that sent it, over the one broker of the cloud.",
      unit: "nova-conductor",
      log: CONDUCTOR_LOG,
      command: QUEUES("compute"),
      service: "nova",
    },
  ],
};
