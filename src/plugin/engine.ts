import { credentials } from "@grpc/grpc-js";
import grpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/engine_pb.js";

/** The engine that started this plugin: it shows messages to people. */
export class Engine {
  #client: InstanceType<typeof grpc.EngineClient> | undefined;

  connect(address: string): void {
    if (address !== "") this.#client = new grpc.EngineClient(address, credentials.createInsecure());
  }

  /**
   * Shows a line at a resource. It is an event of the engine too. An engine that has ended is no error.
   * @param lasting also shown at the end of the run. @default false
   */
  show(urn: string, text: string, lasting = false): Promise<void> {
    const request = new messages.LogRequest();
    request.setSeverity(messages.LogSeverity.INFO);
    request.setUrn(urn);
    request.setMessage(text);
    request.setEphemeral(!lasting);
    return new Promise((resolve) => {
      if (this.#client === undefined) resolve();
      else this.#client.log(request, () => resolve());
    });
  }
}
