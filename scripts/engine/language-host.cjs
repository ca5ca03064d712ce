#!/usr/bin/env node
// scratchstack's Pulumi language host for Node programs. `scripts/setup` copies it beside an engine that was built
// from source (an official engine brings its own). It offers the LanguageRuntime service of the @pulumi/pulumi that
// the program's own folder holds, and runs that package's `cmd/run`.
const { spawn } = require("node:child_process");
const { createRequire } = require("node:module");
const { join } = require("node:path");

/** Exit code of `cmd/run` for "already reported to the engine": it wants no second message. */
const BAIL = 32;

const args = process.argv.slice(2);
const root = args.find((arg) => arg.startsWith("-root="))?.slice("-root=".length) || process.cwd();
let engine = args.find((arg) => /:\d+$/.test(arg) && !arg.startsWith("-"));

const load = createRequire(join(root, "program.js"));
const grpc = load("@grpc/grpc-js");
const { Empty } = load("google-protobuf/google/protobuf/empty_pb.js");
const services = load("@pulumi/pulumi/proto/language_grpc_pb.js");
const messages = load("@pulumi/pulumi/proto/language_pb.js");
const plugins = load("@pulumi/pulumi/proto/plugin_pb.js");

const running = new Set();

function stopPrograms() {
  for (const program of running) program.kill("SIGTERM");
}

/** Command line of `cmd/run`, as the official host builds it. */
function commandLine(request) {
  const info = request.getInfo();
  const options = info?.getOptions()?.toJavaScript() ?? {};
  const directory = info?.getProgramDirectory() || request.getPwd();
  const runner = createRequire(join(directory, "program.js")).resolve("@pulumi/pulumi/cmd/run");
  return [
    ...(typeof options.nodeargs === "string" ? options.nodeargs.split(/\s+/).filter(Boolean) : []),
    runner,
    `--monitor=${request.getMonitorAddress()}`,
    `--engine=${engine}`,
    `--project=${request.getProject()}`,
    `--stack=${request.getStack()}`,
    `--organization=${request.getOrganization()}`,
    `--root-directory=${info?.getRootDirectory() ?? ""}`,
    `--pwd=${request.getPwd()}`,
    ...(request.getDryrun() ? ["--dry-run"] : []),
    `--parallel=${request.getParallel()}`,
    info?.getEntryPoint() || request.getProgram() || ".",
    ...request.getArgsList(),
  ];
}

/** Configuration travels in the environment, as the official host does it: never in a process list. */
function environment(request) {
  return {
    ...process.env,
    PULUMI_NODEJS_TYPESCRIPT: "false",
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
}

function outcome(code, signal) {
  const response = new messages.RunResponse();
  if (code === BAIL) response.setBail(true);
  else if (code !== 0) {
    response.setError(`The program ended with ${code === null ? `signal ${signal}` : `exit code ${code}`}`);
  }
  return response;
}

const implementation = {
  handshake(call, done) {
    engine = call.request.getEngineAddress() || engine;
    done(null, new messages.LanguageHandshakeResponse());
  },
  getRequiredPlugins: (_call, done) => done(null, new messages.GetRequiredPluginsResponse()),
  getRequiredPackages: (_call, done) => done(null, new messages.GetRequiredPackagesResponse()),
  getProgramDependencies: (_call, done) => done(null, new messages.GetProgramDependenciesResponse()),
  runtimeOptionsPrompts: (_call, done) => done(null, new messages.RuntimeOptionsResponse()),
  // `scripts/setup` has run `npm ci` already.
  installDependencies: (call) => call.end(),
  getPluginInfo(_call, done) {
    const info = new plugins.PluginInfo();
    info.setVersion(load("@pulumi/pulumi/package.json").version);
    done(null, info);
  },
  about(_call, done) {
    const response = new messages.AboutResponse();
    response.setExecutable(process.execPath);
    response.setVersion(process.version);
    done(null, response);
  },
  cancel(_call, done) {
    stopPrograms();
    done(null, new Empty());
  },
  run(call, done) {
    const program = spawn(process.execPath, commandLine(call.request), {
      cwd: call.request.getPwd(),
      env: environment(call.request),
      stdio: ["ignore", "inherit", "inherit"],
    });
    running.add(program);
    program.on("error", (error) => done({ code: grpc.status.UNKNOWN, details: error.message }));
    program.on("close", (code, signal) => {
      running.delete(program);
      done(null, outcome(code, signal));
    });
  },
};

function unimplemented(call, done) {
  const error = { code: grpc.status.UNIMPLEMENTED, details: "not implemented by this language host" };
  if (done) done(error);
  else call.emit("error", error);
}

const service = services.LanguageRuntimeService;
const methods = Object.keys(service).map((name) => [name, implementation[name] ?? unimplemented]);
const limit = 400 * 1024 * 1024;
const server = new grpc.Server({
  "grpc.max_receive_message_length": limit,
  "grpc.max_send_message_length": limit,
});
server.addService(service, Object.fromEntries(methods));
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) {
    console.error(error.message);
    process.exit(1);
  }
  console.log(port); // The engine reads its first line as the port to dial.
});

// The engine interrupts its plugins when it closes: lingering would hold up its exit.
process.on("SIGINT", () => {
  stopPrograms();
  process.exit(0);
});
