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
      why: "The processes of Nova and of Cinder call each other through queues. No process needs to know where another one runs.",
      role: "control",
      after: BEFORE_PACKAGES,
      action: { kind: "packages", names: ["rabbitmq-server", "python3-amqp"] },
      see: "the package is installed and nothing of it runs yet",
    },
    {
      id: "rabbitmq/configure",
      title: "Configure RabbitMQ for a lab",
      why: "RabbitMQ listens where the other nodes reach it. It holds only small messages, so it needs little memory.",
      role: "control",
      action: {
        kind: "file",
        path: "/etc/rabbitmq/rabbitmq.conf",
        content: `listeners.tcp.1 = ${self("address")}:5672
vm_memory_high_watermark.absolute = 256MB
disk_free_limit.absolute = 100MB
log.file.level = warning`,
      },
      see: "rabbitmq.conf makes RabbitMQ listen on the management address",
    },
    {
      id: "rabbitmq/tune",
      title: "Let Erlang use few threads",
      why: "Erlang starts one scheduler for each core, and an idle scheduler spins while it waits. A lab needs only one or two, and they can sleep.",
      role: "control",
      action: {
        kind: "file",
        path: "/etc/rabbitmq/rabbitmq-env.conf",
        content: `RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none"
RABBITMQ_CTL_ERL_ARGS="+S 1:1 +sbwt none"`,
      },
      see: "an idle broker uses no processor time",
    },
    {
      id: "rabbitmq/start",
      title: "Start RabbitMQ",
      why: "RabbitMQ is configured. Its node name is rabbit@ followed by the host name, which must resolve.",
      role: "control",
      after: ["rabbitmq/tune", "base/name-resolution", "base/keep-trying"],
      action: { kind: "unit", units: ["rabbitmq-server"], ready: portOpen(self("address"), 5672) },
      see: "rabbitmq-server is active and port 5672 is open",
    },
    {
      id: "rabbitmq/create-user",
      title: "Create the services' user",
      why: "In this lab all OpenStack services use one broker user. The user guest that comes with RabbitMQ can connect only from the node itself.",
      role: "control",
      action: { kind: "broker-user", user: "openstack", password: secret("rabbitmq/openstack") },
      see: "the user openstack has all rights on the virtual host /",
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
