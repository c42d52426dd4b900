import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import messages, { type RunRequest, type RunResponse } from "@pulumi/pulumi/proto/language_pb.js";

/** The runner has already told the user what is wrong (`nodeJSProcessExitedAfterLoggingUserActionableMessage`). */
const alreadyTold = 32;

const programs = new Set<ChildProcess>();

/** Runs a program to its end with the official runner of the SDK that the program itself has installed. */
export async function runProgram(request: RunRequest, engine: string): Promise<RunResponse> {
  const response = new messages.RunResponse();
  const directory = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
  let runner: string;
  try {
    runner = createRequire(join(directory, "index.js")).resolve("@pulumi/pulumi/cmd/run");
  } catch {
    response.setError(`The Pulumi SDK is not installed in ${directory}. Run "npm install" there.`);
    return response;
  }
  const { code, signal } = await ended(
    spawn(process.execPath, [...nodeArguments(request), runner, ...runnerArguments(request, engine)], {
      // What the program prints becomes part of the engine's display.
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...programEnvironment(request) },
    }),
  );
  if (code === alreadyTold) response.setBail(true);
  else if (code === null) response.setError(`Program ended by ${signal}`);
  else if (code !== 0) response.setError(`Program exited with non-zero exit code: ${code}`);
  return response;
}

export function endPrograms(): void {
  for (const program of programs) program.kill();
}

/** The options of `runtime` in Pulumi.yaml. */
interface RuntimeOptions {
  /** Whether the SDK compiles TypeScript. @default true */
  readonly typescript?: boolean;
  /** Arguments for node, separated by spaces. */
  readonly nodeargs?: string;
}

function runtimeOptions(request: RunRequest): RuntimeOptions {
  return (request.getInfo()?.getOptions()?.toJavaScript() ?? {}) as RuntimeOptions;
}

function nodeArguments(request: RunRequest): string[] {
  return (runtimeOptions(request).nodeargs ?? "").split(/\s+/).filter(Boolean);
}

function runnerArguments(request: RunRequest, engine: string): string[] {
  const info = request.getInfo();
  const flags = {
    monitor: request.getMonitorAddress(),
    engine,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": info?.getRootDirectory(),
    stack: request.getStack(),
    pwd: request.getPwd(),
    parallel: String(request.getParallel()),
  };
  return [
    ...Object.entries(flags).flatMap(([flag, value]) => (value ? [`--${flag}`, value] : [])),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    info?.getEntryPoint() || ".",
    ...request.getArgsList(),
  ];
}

function programEnvironment(request: RunRequest): NodeJS.ProcessEnv {
  const config = Object.fromEntries(request.getConfigMap().toObject());
  return {
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    PULUMI_NODEJS_TYPESCRIPT: String(runtimeOptions(request).typescript ?? true),
  };
}

async function ended(program: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  programs.add(program);
  try {
    return await new Promise((resolve, reject) => {
      program.on("error", reject);
      program.on("exit", (code, signal) => resolve({ code, signal }));
    });
  } finally {
    programs.delete(program);
  }
}
