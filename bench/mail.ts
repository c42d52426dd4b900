import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { localStack } from "../cli/stack";
import { internet } from "../local/context";
import { locateCloud } from "../local/locate";
import { program } from "../local/program";
import { type Cloud, cloud, eventually, root } from "../test/system/support/cloud";
import { newSigner, type Signer, signed } from "../test/system/support/dkim";
import { installHaraka } from "./mail/haraka";
import type { SendJob } from "./mail/send";
import { median } from "./measure";
import { idleMemory, usedMemory } from "./memory";

export interface MailFigures {
  /** Messages a second by server, from the first one offered to the last one delivered. */
  readonly rates: Readonly<Record<Server, { readonly received: number; readonly submitted: number }>>;
  /** Whole messages read over IMAP a second. */
  readonly fetches: number;
  /** MiB, the proportional set sizes of all processes on the host; at most, while it receives. */
  readonly memory: { readonly idle: number; readonly loaded: number };
  /** The same load on a machine with 512 MiB: at most that much memory, and how many processes the kernel ended. */
  readonly small: { readonly loaded: number; readonly received: number; readonly killed: number };
}

export const servers = ["this host", "its Postfix without the filter", "Haraka"] as const;
type Server = (typeof servers)[number];

const host = "mx1.example.test";
const messages = 1000;
const { password } = localStack.login;
const users = Array.from({ length: 20 }, (_, i) => ({ user: `bench${i}@example.test`, password }));
const each = messages / users.length;

/** How much mail a host takes, beside what its Postfix would take alone and what Haraka takes in its place. */
export async function measureMail(rounds: number): Promise<MailFigures> {
  const local = cloud("bench");
  const dir = mkdtempSync(join(tmpdir(), "mailserver-bench-"));
  try {
    const signer = await bringUp(local, dir);
    const haraka = await installHaraka(local, users);
    const filter = (setting: string) =>
      onHost(local, `postconf -e ${setting} non_smtpd_milters='$smtpd_milters'; systemctl restart postfix`);
    const { stdout: milters } = await local.on("mx1", ["postconf", "-h", "smtpd_milters"]);
    const switches: Record<Server, readonly [() => Promise<unknown>, () => Promise<unknown>]> = {
      "this host": [async () => {}, async () => {}],
      "its Postfix without the filter": [
        () => filter("smtpd_milters="),
        () => filter(`smtpd_milters=${milters.trim()}`),
      ],
      Haraka: [haraka.start, haraka.stop],
    };
    const python = async (source: string) => (await local.on("mx1", ["python3", "-c", source])).stdout;
    const memory = () => usedMemory(python);
    const idle = await idleMemory(python);
    const received = new Map<Server, number[]>();
    const submitted = new Map<Server, number[]>();
    for (let round = 0; round < rounds; round++)
      for (const server of servers) {
        const [begin, end] = switches[server];
        await begin();
        received.set(server, [...(received.get(server) ?? []), await receive(local, signer)]);
        submitted.set(server, [...(submitted.get(server) ?? []), await submit(local, dir)]);
        await end();
      }
    const rate = (of: Map<Server, number[]>, server: Server) => median(of.get(server) ?? []);
    return {
      rates: Object.fromEntries(
        servers.map((server) => [
          server,
          { received: rate(received, server), submitted: rate(submitted, server) },
        ]),
      ) as MailFigures["rates"],
      fetches: await fetches(local),
      memory: { idle, loaded: await mostWhile(receive(local, signer), memory) },
      small: await onSmall(local, dir, signer, memory),
    };
  } finally {
    await local.local(["down"]);
    rmSync(dir, { recursive: true });
  }
}

/** The local stack with a mailbox for each connection, and a domain outside that sends and takes mail. */
async function bringUp(local: Cloud, dir: string): Promise<Signer> {
  const stack = parse(readFileSync(join(root, "stacks/Pulumi.local.yaml"), "utf8"));
  const mailboxes = stack.config["mailserver:mailboxes"];
  const [{ passwordHash }] = mailboxes;
  mailboxes.push(...users.map(({ user }) => ({ address: user, passwordHash })));
  // What is made to wait says nothing of how fast the rest is.
  stack.config["mailserver:greylisting"] = "never";
  stack.config["mailserver:sendLimits"] = { messagesPerHour: 100_000, recipientsPerDay: 100_000 };
  const file = join(dir, "Pulumi.local.yaml");
  writeFileSync(file, stringify(stack));
  const signer = newSigner("sink.test", "bench", "rsa-sha256");
  const record = (name: string, type: string, content: string, ...more: string[]) =>
    ["record", "sink.test", name, type, content, ...more] as const;
  for (const command of [
    ["start"],
    ["pulumi", "up", "--yes", "--skip-preview", "--config-file", file],
    ["wait"],
    ["zone", "sink.test"],
    record("sink.test", "MX", "mail.sink.test", "--priority", "10"),
    record("mail.sink.test", "A", internet.stranger),
    record("sink.test", "TXT", `"v=spf1 ip4:${internet.stranger} -all"`),
    record("bench._domainkey.sink.test", "TXT", signer.record),
  ] as const)
    await must(local, command);
  // It would put back what is changed here by hand.
  await onHost(local, "systemctl stop mailserver-agent");
  return signer;
}

/** The machine changed to the smallest type there is, and loaded as before. */
async function onSmall(
  local: Cloud,
  dir: string,
  signer: Signer,
  memory: () => Promise<number>,
): Promise<MailFigures["small"]> {
  const file = join(dir, "Pulumi.local.yaml");
  const stack = parse(readFileSync(file, "utf8"));
  stack.config["mailserver:instanceType"] = "t3.nano";
  writeFileSync(file, stringify(stack));
  await must(local, ["pulumi", "up", "--yes", "--skip-preview", "--config-file", file]);
  await must(local, ["wait"]);
  const receiving = receive(local, signer);
  const loaded = await mostWhile(receiving, memory);
  return { loaded, received: await receiving, killed: killedForMemory(local) };
}

/** @throws where the kernel has no memory controller, and so no limit was kept */
function killedForMemory(local: Cloud): number {
  const groups = join("/sys/fs/cgroup/memory", locateCloud(root, local.name).id);
  const killed = readdirSync(groups).flatMap((machine) => {
    const group = join(groups, machine);
    if (!existsSync(join(group, "memory.oom_control"))) return [];
    if (Number(readFileSync(join(group, "memory.limit_in_bytes"), "utf8")) !== 512 * 2 ** 20) return [];
    return Number(/^oom_kill (\d+)$/m.exec(readFileSync(join(group, "memory.oom_control"), "utf8"))?.[1]);
  });
  if (killed.length !== 1)
    throw new Error(`${groups}: ${killed.length} machines with 512 MiB instead of one`);
  return killed[0] ?? Number.NaN;
}

/** The most that is measured until something has ended. */
async function mostWhile(work: Promise<unknown>, measure: () => Promise<number>): Promise<number> {
  let most = 0;
  let ended = false;
  const end = () => {
    ended = true;
  };
  work.then(end, end);
  while (!ended) most = Math.max(most, await measure());
  await work;
  return most;
}

/** Mail of a stranger, signed and in order, on port 25. @returns messages a second */
async function receive(local: Cloud, signer: Signer): Promise<number> {
  const arrived = "find /srv/mailserver/mail -path '*/bench*/new/*' -type f";
  await onHost(local, `${arrived} -delete`);
  const waiting = onHost(
    local,
    `until [ "$(${arrived} | wc -l)" -ge ${messages} ]; do sleep 0.1; done; date +%s.%N`,
  );
  const sending = send(local, {
    host,
    port: 25,
    tls: false,
    connections: users.map(({ user }) => ({
      from: "someone@sink.test",
      to: user,
      messages: Array.from({ length: each }, () => letter("someone@sink.test", user, [signer])),
    })),
  });
  const [ended, began] = await Promise.all([waiting, sending]);
  return messages / (Number(ended) - began);
}

/** Mail of the host's users to a stranger, submitted over TLS. @returns messages a second */
async function submit(local: Cloud, dir: string): Promise<number> {
  const marker = join(dir, "listening");
  rmSync(marker, { force: true });
  const sinking = local.internet(
    program(join(root, "bench/mail/sink.ts"), internet.stranger, String(messages), marker),
  );
  await eventually(
    async () => existsSync(marker),
    (there) => there,
  );
  const sending = send(local, {
    host,
    port: 465,
    tls: true,
    connections: users.map(({ user }) => ({
      from: user,
      to: "someone@sink.test",
      password,
      messages: Array.from({ length: each }, () => letter(user, "someone@sink.test", [])),
    })),
  });
  const [began, { stdout, stderr }] = await Promise.all([sending, sinking]);
  if (stdout === "") throw new Error(stderr);
  return messages / (JSON.parse(stdout).ended - began);
}

/** @returns when it began, in seconds since 1970 */
async function send(local: Cloud, job: SendJob): Promise<number> {
  const { code, stdout, stderr } = await local.internet(program(join(root, "bench/mail/send.ts")), {
    input: JSON.stringify(job),
  });
  if (code !== 0) throw new Error(`${job.host} port ${job.port}: ${stderr}`);
  return JSON.parse(stdout).began;
}

async function fetches(local: Cloud): Promise<number> {
  const connections = 10;
  const command = program(
    "bench/mail/fetch.ts",
    host,
    String(connections),
    String(each),
    "bench0@example.test",
  );
  const { code, stdout, stderr } = await local.internet(command, { env: { MAILSERVER_PASSWORD: password } });
  if (code !== 0) throw new Error(stderr);
  return (connections * each) / JSON.parse(stdout).seconds;
}

let count = 0;

/** A message of some 4 KB. */
function letter(from: string, to: string, signers: readonly Signer[]): string {
  count += 1;
  const fields = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: message ${count}`,
    `Date: ${new Date().toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${count}.${Date.now()}@sink.test>`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
  ];
  const line = `Paragraph ${count} of a letter that is as long as letters between people are.`;
  return signed(fields, Array.from({ length: 50 }, () => line).join("\r\n"), signers).trimEnd();
}

async function must(local: Cloud, command: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await local.local(command);
  if (code !== 0) throw new Error(`${command.join(" ")}:\n${stdout}${stderr}`);
}

async function onHost(local: Cloud, script: string): Promise<string> {
  const { code, stdout, stderr } = await local.on("mx1", ["sh", "-euc", script]);
  if (code !== 0) throw new Error(`${script}\n${stdout}${stderr}`);
  return stdout;
}
