import { type handleUnaryCall, status, type UntypedServiceImplementation } from "@grpc/grpc-js";
import type { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import type * as Messages from "@pulumi/pulumi/proto/provider_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { UserError } from "../config/errors.ts";
import type { Change } from "./diff.ts";
import type { Failure } from "./inputs.ts";
import type { Provider } from "./provider.ts";
import { SCHEMA, VERSION } from "./schema.ts";
import type { Properties } from "./values.ts";

/** Pulumi's gRPC service for a provider: reads requests and writes responses, and decides nothing. */
export function service(provider: Provider): UntypedServiceImplementation {
  return {
    handshake: answer((request: Messages.ProviderHandshakeRequest) => {
      provider.engine.connect(request.getEngineAddress());
      return new messages.ProviderHandshakeResponse().setAcceptSecrets(true);
    }),
    attach: answer((request: PluginAttach) => {
      provider.engine.connect(request.getAddress());
      return new empty.Empty();
    }),
    getPluginInfo: answer(() => new plugin.PluginInfo().setVersion(VERSION)),
    getSchema: answer(() => new messages.GetSchemaResponse().setSchema(JSON.stringify(SCHEMA))),
    checkConfig: answer((request: Messages.CheckRequest) =>
      new messages.CheckResponse().setInputs(request.getNews()),
    ),
    diffConfig: answer(() => new messages.DiffResponse().setChanges(NONE)),
    configure: answer(() => new messages.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true)),
    check: answer((request: Messages.CheckRequest) => {
      const wrong = provider.check(request.getUrn(), read(request.getNews()));
      return new messages.CheckResponse().setInputs(request.getNews()).setFailuresList(wrong.map(failure));
    }),
    diff: answer((request: Messages.DiffRequest) => {
      const olds = read(request.getOldInputs() ?? request.getOlds());
      return difference(provider.diff(olds, read(request.getNews()), request.getIgnorechangesList()));
    }),
    create: answer(async (request: Messages.CreateRequest) => {
      const { id, state } = await provider.create(operation(request), read(request.getProperties()));
      return new messages.CreateResponse().setId(id).setProperties(written(state));
    }),
    update: answer(async (request: Messages.UpdateRequest) => {
      const state = await provider.update(
        operation(request),
        read(request.getOlds()),
        read(request.getNews()),
      );
      return new messages.UpdateResponse().setProperties(written(state));
    }),
    delete: answer(async (request: Messages.DeleteRequest) => {
      const { urn, timeout } = { urn: request.getUrn(), timeout: request.getTimeout() };
      await provider.delete({ urn, timeout, preview: false }, read(request.getProperties()));
      return new empty.Empty();
    }),
    // The effect of a command cannot be read: the inputs stay, with a plugin variable where the step drifted.
    read: answer(async (request: Messages.ReadRequest) => {
      const inputs = request.getInputs();
      const known = inputs && written(await provider.read(request.getUrn(), read(inputs)));
      return new messages.ReadResponse()
        .setId(request.getId())
        .setProperties(request.getProperties())
        .setInputs(known);
    }),
    invoke: answer(async (request: Messages.InvokeRequest) => {
      const { failures, result } = await provider.invoke(request.getTok(), read(request.getArgs()));
      return new messages.InvokeResponse().setReturn(written(result)).setFailuresList(failures.map(failure));
    }),
    cancel: answer(() => {
      provider.cancel();
      return new empty.Empty();
    }),
  };
}

const NONE = messages.DiffResponse.DiffChanges.DIFF_NONE;
const SOME = messages.DiffResponse.DiffChanges.DIFF_SOME;

function difference(changes: readonly Change[]): Messages.DiffResponse {
  const replaces = changes.filter(({ replace }) => replace).map(({ property }) => property);
  const response = new messages.DiffResponse()
    .setChanges(changes.length > 0 ? SOME : NONE)
    .setDiffsList([...new Set(changes.map(({ property }) => property.split(".")[0] ?? property))])
    .setReplacesList(replaces)
    // The old command's undo must not run after the new command.
    .setDeletebeforereplace(replaces.length > 0)
    .setHasdetaileddiff(true);
  for (const { property, kind, replace } of changes) {
    const name =
      `${kind.toUpperCase()}${replace ? "_REPLACE" : ""}` as keyof typeof messages.PropertyDiff.Kind;
    const diff = new messages.PropertyDiff().setKind(messages.PropertyDiff.Kind[name]).setInputdiff(true);
    response.getDetaileddiffMap().set(property, diff);
  }
  return response;
}

const failure = ({ property, reason }: Failure): Messages.CheckFailure =>
  new messages.CheckFailure().setProperty(property).setReason(reason);

const operation = (request: Messages.CreateRequest | Messages.UpdateRequest) => ({
  urn: request.getUrn(),
  preview: request.getPreview(),
  timeout: request.getTimeout(),
});

const read = (properties: Struct | undefined): Properties => (properties?.toJavaScript() ?? {}) as Properties;
const written = (properties: Properties): Struct => struct.Struct.fromJavaScript(properties);

/** An error becomes that of the call: of a UserError the message, of a bug the stack. */
function answer<Q, A>(handle: (request: Q) => A | Promise<A>): handleUnaryCall<Q, A> {
  return async (call, callback) => {
    try {
      callback(null, await handle(call.request));
    } catch (error) {
      const bug = error instanceof Error && !(error instanceof UserError) && error.name !== "TimeoutError";
      const details = error instanceof Error ? (bug ? error.stack : error.message) : String(error);
      callback({ code: status.UNKNOWN, details: details ?? "" });
    }
  };
}
