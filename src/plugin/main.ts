import { Server, ServerCredentials } from "@grpc/grpc-js";
import grpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { Engine } from "./engine.ts";
import { Provider } from "./provider.ts";
import { service } from "./service.ts";

/** Bytes of a message, as the engine itself allows. */
const LARGEST = 400 * 1024 * 1024;
/** Milliseconds between looks at whether the engine still lives. */
const LOOK = 500;

const engine = new Engine();
// The engine's address, where it is not told by a handshake.
engine.connect(process.argv.slice(2).find((argument) => /:\d+$/.test(argument)) ?? "");
const limits = { "grpc.max_receive_message_length": LARGEST, "grpc.max_send_message_length": LARGEST };
const server = new Server(limits);
server.addService(grpc.ResourceProviderService, service(new Provider(engine)));
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  // This line is how the engine learns where to call.
  console.log(port);
});

// The engine starts plugins in a process group of their own, so Ctrl-C at a terminal reaches it alone: it calls Cancel, and
// interrupts its plugins when all is done. Lingering would hold up its exit by five seconds. With this process the connections
// end, and with them what runs on the nodes.
process.on("SIGINT", () => process.exit(0));
process.on("SIGTERM", () => process.exit(143));
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, LOOK).unref();
