import { type handleUnaryCall, Server, ServerCredentials } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/language_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/language_pb.js";
import plugins from "@pulumi/pulumi/proto/plugin_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { version } from "../../../package.json";
import { endPrograms, runProgram } from "./program";

/**
 * A language host for Node.js programs, for a Pulumi CLI that came without one: it serves `pulumirpc.LanguageRuntime`
 * to the engine and runs programs with the runner of their own SDK. Which plugins a program requires is not looked
 * into, because the local cloud attaches its providers.
 *
 * The engine starts it with flags and its own address, and reads the port from the first line that it prints.
 */
const engine = process.argv.slice(2).findLast((argument) => !argument.startsWith("-"));
if (!engine) throw new Error("usage: pulumi-language-nodejs [FLAGS] ENGINE-ADDRESS");

const server = new Server();
server.addService(services.LanguageRuntimeService, {
  handshake: unary(() => new messages.LanguageHandshakeResponse()),
  getPluginInfo: unary(() => new plugins.PluginInfo().setVersion(version)),
  getRequiredPlugins: unary(() => new messages.GetRequiredPluginsResponse()),
  getRequiredPackages: unary(() => new messages.GetRequiredPackagesResponse()),
  about: unary(aboutNode),
  run: unary((request: messages.RunRequest) => runProgram(request, engine)),
  cancel: unary(() => {
    endPrograms();
    return new Empty();
  }),
});
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
endWithEngine();

function aboutNode(): messages.AboutResponse {
  const about = new messages.AboutResponse();
  about.setExecutable(process.execPath);
  about.setVersion(process.version);
  return about;
}

function unary<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, respond) => {
    Promise.resolve(call.request)
      .then(answer)
      .then(
        (response) => respond(null, response),
        (error: Error) => respond(error),
      );
  };
}

/** An engine that is killed does not end its plugins. */
function endWithEngine(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid === parent) return;
    endPrograms();
    process.exit(1);
  }, 1000).unref();
}
