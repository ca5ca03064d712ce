import { Server, ServerCredentials } from "@grpc/grpc-js";
import grpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { Engine } from "./engine.ts";
import { Provider } from "./provider.ts";
import { service } from "./service.ts";

/** Bytes of a message, as the engine itself allows. */
const LARGEST = 400 * 1024 * 1024;
/** Milliseconds between checks that the engine still runs. */
const PARENT_CHECK = 500;

const engine = new Engine();
// The engine's address, where no handshake gives it.
engine.connect(process.argv.slice(2).find((argument) => /:\d+$/.test(argument)) ?? "");
const limits = { "grpc.max_receive_message_length": LARGEST, "grpc.max_send_message_length": LARGEST };
const server = new Server(limits);
server.addService(grpc.ResourceProviderService, service(new Provider(engine)));
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  // This line is how the engine learns where to call.
  console.log(port);
});

// The engine starts plugins in a process group of their own, so Ctrl-C at a terminal reaches the engine alone: it calls Cancel, and
// interrupts its plugins when everything has ended. A plugin that stayed would delay its exit by five seconds. The connections end with this
// process, and with them the commands on the nodes.
process.on("SIGINT", () => process.exit(0));
process.on("SIGTERM", () => process.exit(143));
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, PARENT_CHECK).unref();
