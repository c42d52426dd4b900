import { chmod, mkdir, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import { dirname, join } from "node:path";
import { buffer, json } from "node:stream/consumers";
import type { CloudContext } from "./context";
import type { ShownRecord, TypedRecord } from "./providers/cloudflare/dashboard";
import type { AlarmState } from "./services/alarms";

/** What can be asked of a running cloud from outside; served by its daemon on a unix socket. */
export interface Control {
  status(): Promise<CloudStatus>;
  /** A machine that is on, by its instance's id or the first label of its host name; `internet` is the internet's. */
  machine(label: string): Promise<MachineStatus | undefined>;
  /** What is stored in a bucket, as its owner sees it. */
  object(bucket: string, key: string): Promise<Buffer | undefined>;
  /** Adds a DNS zone to a Cloudflare account, the default one unless its label is given. */
  addZone(name: string, options?: { readonly account?: string; readonly unsigned?: boolean }): Promise<void>;
  /** Gives the registrar the DS records of a zone, `KEYTAG ALGORITHM DIGESTTYPE DIGEST`; none takes them away. */
  setDs(zone: string, ds: readonly string[]): Promise<void>;
  /** The DNS records of a zone, by whomever they were made. */
  records(zone: string): Promise<readonly ShownRecord[]>;
  /** Makes a DNS record by hand, as in Cloudflare's dashboard. */
  addRecord(zone: string, record: TypedRecord): Promise<ShownRecord>;
  deleteRecord(zone: string, id: string): Promise<void>;
  /** Turns Cloudflare's Email Routing of a zone on or off. */
  setEmailRouting(zone: string, state: "on" | "off"): Promise<void>;
  /** Makes days pass for all DNS records: they and their comments are that much older. */
  age(days: number): Promise<void>;
  /** Blocks or opens the account's outbound TCP port 25. */
  setPort25(state: "blocked" | "open"): Promise<void>;
  /** Shuts everything down in good order; what was made stays on disk. */
  stop(): Promise<void>;
}

export interface CloudStatus {
  readonly id: string;
  readonly pid: number;
  /** When the daemon started, before anything else did; RFC 3339, whole seconds. */
  readonly since: string;
  /** Whether machines boot. */
  readonly machines: boolean;
  readonly region: string;
  /** Of the provider servers, on 127.0.0.1 of the cloud's network namespace. */
  readonly ports: Readonly<Record<string, number>>;
  readonly zones: readonly string[];
  readonly outboundPort25: "blocked" | "open";
  /** Packets to outbound port 25 that were dropped since the daemon started. */
  readonly droppedPort25: number;
  /** The declared alarms, by name. */
  readonly alarms: readonly { readonly name: string; readonly state: AlarmState }[];
}

export interface MachineStatus {
  /** The process id of its PID 1. */
  readonly leader: number;
  /** The file with what its console said. */
  readonly console: string;
  /** When it was switched on, RFC 3339. */
  readonly since: string;
}

/** No daemon listens: the cloud was never started, or has ended. */
export class NotRunningError extends Error {
  override readonly name = "NotRunningError";
}

export function controlSocket(context: CloudContext): string {
  return join(context.runDir, "control");
}

/** Serves a control on a unix socket that only its owner can open. */
export async function serveControl(socket: string, control: Control): Promise<Server> {
  await mkdir(dirname(socket), { recursive: true, mode: 0o700 });
  await rm(socket, { force: true });
  const server = createServer(async (incoming, response) => {
    const { status, body } = await answer(control, incoming).catch((error: Error) => ({
      status: 500,
      body: error.message,
    }));
    response.writeHead(status, { connection: "close" }).end(body);
  });
  await new Promise<void>((resolve, reject) => {
    server.on("error", reject);
    server.listen(socket, resolve);
  });
  await chmod(socket, 0o600);
  return server;
}

/** The control of a daemon that may run in another process. Each call throws `NotRunningError` if there is none. */
export function connectControl(socket: string): Control {
  const ask = (method: string, path: string, body?: unknown) => call(socket, method, path, body);
  return {
    status: async () => JSON.parse(text(await ask("GET", "/status"))) as CloudStatus,
    machine: async (label) => {
      const found = await ask("GET", `/machines/${encodeURIComponent(label)}`);
      return found && (JSON.parse(text(found)) as MachineStatus);
    },
    object: (bucket, key) => ask("GET", `/objects?${new URLSearchParams({ bucket, key })}`),
    addZone: async (name, options) => void (await ask("POST", "/zones", { name, options })),
    setDs: async (zone, ds) => void (await ask("POST", "/registrar", { zone, ds })),
    records: async (zone) =>
      JSON.parse(text(await ask("GET", `/records/${encodeURIComponent(zone)}`))) as ShownRecord[],
    addRecord: async (zone, record) =>
      JSON.parse(text(await ask("POST", `/records/${encodeURIComponent(zone)}`, record))) as ShownRecord,
    deleteRecord: async (zone, id) =>
      void (await ask("DELETE", `/records/${[zone, id].map(encodeURIComponent).join("/")}`)),
    setEmailRouting: async (zone, state) => void (await ask("POST", "/email-routing", { zone, state })),
    age: async (days) => void (await ask("POST", "/age", { days })),
    setPort25: async (state) => void (await ask("POST", "/port25", { state })),
    stop: async () => void (await ask("POST", "/stop")),
  };
}

interface Answer {
  readonly status: number;
  readonly body?: string | Buffer;
}

const done: Answer = { status: 204 };

async function answer(control: Control, incoming: IncomingMessage): Promise<Answer> {
  const { pathname, searchParams } = new URL(incoming.url ?? "/", "http://control");
  const [, resource, name = "", id = ""] = pathname.split("/").map(decodeURIComponent);
  switch (`${incoming.method} ${resource}`) {
    case "GET status":
      return found(JSON.stringify(await control.status()));
    case "GET machines":
      return found(JSON.stringify(await control.machine(name)));
    case "GET objects":
      return found(await control.object(searchParams.get("bucket") ?? "", searchParams.get("key") ?? ""));
    case "POST zones": {
      const { name, options } = (await json(incoming)) as {
        name: string;
        options?: Parameters<Control["addZone"]>[1];
      };
      await control.addZone(name, options);
      return done;
    }
    case "POST registrar": {
      const { zone, ds } = (await json(incoming)) as { zone: string; ds: string[] };
      await control.setDs(zone, ds);
      return done;
    }
    case "GET records":
      return found(JSON.stringify(await control.records(name)));
    case "POST records":
      return found(JSON.stringify(await control.addRecord(name, (await json(incoming)) as TypedRecord)));
    case "DELETE records":
      await control.deleteRecord(name, id);
      return done;
    case "POST email-routing": {
      const { zone, state } = (await json(incoming)) as { zone: string; state: "on" | "off" };
      await control.setEmailRouting(zone, state);
      return done;
    }
    case "POST age":
      await control.age(((await json(incoming)) as { days: number }).days);
      return done;
    case "POST port25":
      await control.setPort25(((await json(incoming)) as { state: "blocked" | "open" }).state);
      return done;
    case "POST stop":
      await control.stop();
      return done;
    default:
      return { status: 405 };
  }
}

function found(body: string | Buffer | undefined): Answer {
  return body === undefined ? { status: 404 } : { status: 200, body };
}

function text(body: Buffer | undefined): string {
  return body?.toString() ?? "";
}

/** @returns undefined for what does not exist */
function call(socketPath: string, method: string, path: string, body?: unknown): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath, method, path }, async (response) => {
      const said = await buffer(response);
      const status = response.statusCode ?? 0;
      if (status === 404) resolve(undefined);
      else if (status < 300) resolve(said);
      else reject(new Error(said.toString() || `${method} ${path}: status ${status}`));
    });
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      const nobody = error.code === "ENOENT" || error.code === "ECONNREFUSED";
      reject(nobody ? new NotRunningError(`Nothing listens on ${socketPath}.`) : error);
    });
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
