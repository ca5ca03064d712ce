import { BEFORE_PACKAGES, portOpen, pythonCheck } from "./checks.ts";
import { secret, self } from "./tokens.ts";
import type { Service } from "./types.ts";

/** The message broker between the processes of a service. */
export const rabbitmq: Service = {
  id: "rabbitmq",
  title: "RabbitMQ",
  module: "001",
  steps: [
    {
      id: "rabbitmq/install-packages",
      title: "Install RabbitMQ",
      why: "The processes of Nova and of Cinder call each other through queues, so that none needs to know where another runs.",
      role: "control",
      after: BEFORE_PACKAGES,
      action: { kind: "packages", names: ["rabbitmq-server", "python3-amqp"] },
      see: "the package is installed and nothing of it runs yet",
    },
    {
      id: "rabbitmq/configure",
      title: "Configure RabbitMQ for a lab",
      why: "It listens where the other nodes reach it, and holds only small messages.",
      role: "control",
      action: {
        kind: "file",
        path: "/etc/rabbitmq/rabbitmq.conf",
        content: `listeners.tcp.1 = ${self("address")}:5672
vm_memory_high_watermark.absolute = 256MB
disk_free_limit.absolute = 100MB
log.file.level = warning`,
      },
      see: "RabbitMQ is told to listen on the management address",
    },
    {
      id: "rabbitmq/tune",
      title: "Let Erlang use few threads",
      why: "Erlang starts schedulers for each core and lets them spin while they wait; a lab needs one or two, asleep.",
      role: "control",
      action: {
        kind: "file",
        path: "/etc/rabbitmq/rabbitmq-env.conf",
        content: `RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none"
RABBITMQ_CTL_ERL_ARGS="+S 1:1 +sbwt none"`,
      },
      see: "the broker takes no processor time while nobody talks to it",
    },
    {
      id: "rabbitmq/start",
      title: "Start RabbitMQ",
      why: "It is configured now. Its name is rabbit@ and the host name, which must resolve.",
      role: "control",
      after: ["rabbitmq/tune", "base/name-resolution", "base/keep-trying"],
      action: { kind: "unit", units: ["rabbitmq-server"], ready: portOpen(self("address"), 5672) },
      see: "rabbitmq-server is active and port 5672 is open",
    },
    {
      id: "rabbitmq/create-user",
      title: "Create the services' user",
      why: "All OpenStack services share one broker user here; the guest that comes with RabbitMQ may only connect from the node itself.",
      role: "control",
      action: { kind: "broker-user", user: "openstack", password: secret("rabbitmq/openstack") },
      see: "the user openstack may do everything on the virtual host /",
      checks: [
        {
          name: "message",
          expect: "a message sent to a new queue comes back",
          run: pythonCheck(`
import amqp

with amqp.Connection("${self("address")}:5672", "openstack", "${secret("rabbitmq/openstack")}") as connection:
    channel = connection.channel()
    queue = channel.queue_declare("", exclusive=True).queue
    channel.basic_publish(amqp.Message("scratchstack"), routing_key=queue)
    message = channel.basic_get(queue, no_ack=True)
    assert message and message.body == "scratchstack", "the message did not come back"
print("a message went through a queue")`),
        },
      ],
    },
  ],
};
