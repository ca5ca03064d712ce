import { credentials } from "@grpc/grpc-js";
import grpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/engine_pb.js";

/** The engine that started this plugin, for what people are to see. */
export class Engine {
  #client: InstanceType<typeof grpc.EngineClient> | undefined;

  connect(address: string): void {
    if (address !== "") this.#client = new grpc.EngineClient(address, credentials.createInsecure());
  }

  /**
   * A line on the resource's row, kept in the engine's events. An engine that is gone is no error.
   * @param lasting it is shown at the end of the run too. @default a passing one
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
