import type { FlowStage } from "./request-flow.ts";

const QUEUES = (name: string): string =>
  `rabbitmqctl list_queues name messages consumers | grep -E '^${name}'`;
const SCHEDULER_LOG = "/var/log/nova/nova-scheduler.log";
const CONDUCTOR_LOG = "/var/log/nova/nova-conductor.log";

/** From an accepted request to the order to a compute node. */
export const SCHEDULING: FlowStage = {
  id: "scheduling",
  title: "Scheduling: where the server will run",
  about:
    "This part has changed most since 2013. nova-api no longer calls the scheduler: the conductor leads a build from beginning to end. Placement counts resources, and every compute node belongs to a cell.",
  steps: [
    {
      id: "8",
      title: "nova-api hands the request on",
      from: "nova-api",
      to: "nova-conductor",
      protocol: "RPC cast",
      node: "control",
      today:
        "nova-api puts a message `schedule_and_build_instances` into the queue `conductor`. It is a cast: nova-api does not wait for an answer and is free for the next request.",
      before: "nova-api called nova-scheduler, which answered with the chosen host.",
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
        "The conductor calls `select_destinations` with the request specification. It waits for the answer, in this lab at most 30 seconds (`rpc_response_timeout`).",
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
        "Each worker of the scheduler listens on the queue `scheduler`, and a free one takes the message. If you add schedulers, you configure only them.",
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
        "The scheduler sends `GET /allocation_candidates?resources=VCPU:1,MEMORY_MB:128,DISK_GB:1`. One SQL query over inventories and allocations finds the nodes with enough resources, also in a large cloud.",
      before:
        "Placement did not exist. It began inside Nova in 2016 and became a separate service in Stein (2019).",
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
        "The scheduler reads the state of the remaining nodes from the databases of the cells. Filters remove nodes that do not fit (a disabled service, another availability zone, a property of the image). Weighers sort the rest: the node with the most free memory comes first.",
      before: "Filters also counted memory, processors and disk, for every node of the cloud.",
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
        "The scheduler sends `PUT /allocations/<server>`. If another request was faster, Placement refuses, and the scheduler takes the next candidate. So two schedulers cannot allocate the same memory.",
      before: "The compute node itself claimed the resources. If it failed, it sent the request back.",
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
        "For each server, the answer names the chosen node and a few alternates in the same cell. If the build fails, the conductor tries them one after the other.",
      before:
        "The scheduler wrote the chosen host into the row of the server and sent the order itself. Today it takes no part in the build.",
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
        "This happens only if no node is left. The conductor writes the server into `nova_cell0`, with the status ERROR and the message `No valid host was found`. You can show and delete it like any other server.",
      before:
        "There were no such cells. Cells v2 came with Ocata (2017), and every cloud has had at least two databases since.",
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
        "The node is mapped to a cell, here `cell1`. The conductor creates the row in the table `instances` of that cell, writes the cell into the mapping, and deletes the build request. From now on, the API reads the server from the cell.",
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
        "The conductor puts a message `build_and_run_instance` into the queue `compute.<node>`, on the message broker of the cell. It contains the server, the flavor, the properties of the image and the request specification.",
      before: "The scheduler sent the message, over the only broker of the cloud.",
      unit: "nova-conductor",
      log: CONDUCTOR_LOG,
      command: QUEUES("compute"),
      service: "nova",
    },
  ],
};
