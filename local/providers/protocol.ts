import * as grpc from "@grpc/grpc-js";
import pluginProto from "@pulumi/pulumi/proto/plugin_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type { Problem } from "./check";
import type { Difference } from "./diff";
import { marshal, unmarshal } from "./marshal";
import * as operations from "./operations";
import type { Package } from "./resource";
import { schema } from "./schema";

/**
 * Pulumi's provider protocol (proto/pulumi/provider.proto) over the operations on a package.
 *
 * The engine makes one connection for each provider of a program, the default one and every explicit one, and
 * configures each by itself: which of them is asking is known by its connection, and by nothing else.
 */
export function handlers(pkg: Package): grpc.UntypedServiceImplementation {
  const connections = new Map<string, Package>();
  /** The package as the asking provider was configured. */
  const configured = (peer: string): Package => {
    const found = connections.get(peer);
    if (found) return found;
    throw new Error(`The provider ${pkg.name} was not configured on this connection. Run the command again.`);
  };
  return {
    handshake: answer(async () =>
      new proto.ProviderHandshakeResponse()
        .setAcceptSecrets(true)
        .setAcceptResources(true)
        .setAcceptOutputs(true),
    ),
    attach: answer(async () => new empty.Empty()),
    cancel: answer(async () => new empty.Empty()),
    getPluginInfo: answer(async () => new pluginProto.PluginInfo().setVersion(pkg.version)),
    getSchema: answer(async () => new proto.GetSchemaResponse().setSchema(JSON.stringify(schema(pkg)))),
    checkConfig: answer(async (request: proto.CheckRequest) =>
      checkResponse(operations.checkConfig(pkg, unmarshal(request.getNews()))),
    ),
    diffConfig: answer(async (request: proto.DiffRequest) => {
      const changed =
        JSON.stringify(unmarshal(request.getOldInputs())) !== JSON.stringify(unmarshal(request.getNews()));
      return new proto.DiffResponse().setChanges(changed ? changes.DIFF_SOME : changes.DIFF_NONE);
    }),
    configure: answer(async (request: proto.ConfigureRequest, peer) => {
      connections.set(peer, operations.configure(pkg, unmarshal(request.getArgs())));
      return new proto.ConfigureResponse()
        .setAcceptsecrets(true)
        .setSupportspreview(true)
        .setAcceptresources(true)
        .setAcceptoutputs(true);
    }),
    check: answer(async (request: proto.CheckRequest) =>
      checkResponse(
        operations.check(
          pkg,
          subject(request),
          unmarshal(request.getOlds()),
          unmarshal(request.getNews()),
          request.getRandomseed_asU8(),
        ),
      ),
    ),
    diff: answer(async (request: proto.DiffRequest) => {
      const inputs = { old: unmarshal(request.getOldInputs()), new: unmarshal(request.getNews()) };
      const state = unmarshal(request.getOlds());
      return diffResponse(
        operations.diff(pkg, subject(request), inputs, state, request.getIgnorechangesList()),
      );
    }),
    create: answer(async (request: proto.CreateRequest, peer) => {
      const inputs = unmarshal(request.getProperties());
      const { id, state } = await operations.create(
        configured(peer),
        subject(request),
        inputs,
        request.getPreview(),
      );
      return new proto.CreateResponse().setId(id).setProperties(marshal(state));
    }),
    update: answer(async (request: proto.UpdateRequest, peer) => {
      const [inputs, state] = [unmarshal(request.getNews()), unmarshal(request.getOlds())];
      const preview = request.getPreview();
      const updated = await operations.update(
        configured(peer),
        subject(request),
        request.getId(),
        inputs,
        state,
        preview,
      );
      return new proto.UpdateResponse().setProperties(marshal(updated));
    }),
    read: answer(async (request: proto.ReadRequest, peer) => {
      const [inputs, state] = [unmarshal(request.getInputs()), unmarshal(request.getProperties())];
      const found = await operations.read(configured(peer), subject(request), request.getId(), inputs, state);
      // An empty id says that there is no such thing any more.
      if (!found) return new proto.ReadResponse();
      return new proto.ReadResponse()
        .setId(found.id)
        .setProperties(marshal(found.state))
        .setInputs(marshal(found.inputs));
    }),
    delete: answer(async (request: proto.DeleteRequest, peer) => {
      await operations.remove(
        configured(peer),
        subject(request),
        request.getId(),
        unmarshal(request.getProperties()),
      );
      return new empty.Empty();
    }),
    invoke: answer(async (request: proto.InvokeRequest, peer) => {
      const { inputs, problems } = await operations.invoke(
        configured(peer),
        request.getTok(),
        unmarshal(request.getArgs()),
      );
      return new proto.InvokeResponse().setReturn(marshal(inputs)).setFailuresList(problems.map(failure));
    }),
  };
}

const changes = proto.DiffResponse.DiffChanges;

function answer<Request, Response>(
  /** @param peer the address at the other end of the connection */
  respond: (request: Request, peer: string) => Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    respond(call.request, call.getPeer()).then(
      (response) => callback(null, response),
      (error: Error) => callback({ code: grpc.status.UNKNOWN, details: error.message }),
    );
  };
}

/** The type is the last one of the URN's chain of types: `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME`. */
function subject(request: { getUrn(): string }): operations.Subject {
  const [, , chain = "", ...name] = request.getUrn().split("::");
  return { type: chain.split("$").at(-1) ?? "", name: name.join("::") };
}

function checkResponse({ inputs, problems }: operations.Checked): proto.CheckResponse {
  return new proto.CheckResponse().setInputs(marshal(inputs)).setFailuresList(problems.map(failure));
}

/** The path goes into the reason: the engine prints the value of a `property` beside it, secret or not. */
function failure({ property, reason }: Problem): proto.CheckFailure {
  return new proto.CheckFailure().setReason(`${property}: ${reason}`);
}

function diffResponse({ differences, deleteBeforeReplace }: operations.Diffed): proto.DiffResponse {
  const response = new proto.DiffResponse()
    .setChanges(differences.size ? changes.DIFF_SOME : changes.DIFF_NONE)
    .setHasdetaileddiff(true)
    .setDeletebeforereplace(deleteBeforeReplace);
  for (const [path, difference] of differences) {
    const key = path.split(/[.[]/)[0] ?? path;
    response.addDiffs(key);
    if (difference.replaces) response.addReplaces(key);
    response
      .getDetaileddiffMap()
      .set(path, new proto.PropertyDiff().setKind(kindOf(difference)).setInputdiff(true));
  }
  return response;
}

function kindOf({ kind, replaces }: Difference): proto.PropertyDiff.Kind {
  const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = proto.PropertyDiff.Kind;
  if (kind === "add") return replaces ? ADD_REPLACE : ADD;
  if (kind === "delete") return replaces ? DELETE_REPLACE : DELETE;
  return replaces ? UPDATE_REPLACE : UPDATE;
}
