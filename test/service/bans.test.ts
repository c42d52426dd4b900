import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { internet } from "../../local/context";
import { eventually } from "../system/support/cloud";
import { metrics } from "./support/metrics";
import { local } from "./support/server";
import { people } from "./support/stack";

const host = people.bob.host;
/** Hosts on the internet of this test's own, so that nobody else is banned. */
const guesser = { address: "203.0.113.66", family: "-4" } as const;
const guesser6 = { address: "2001:db8::66", family: "-6" } as const;
/** Others of the network in which that one is, who have not guessed. */
const neighbour6 = { address: "2001:db8::67", family: "-6" } as const;
const colleague6 = { address: internet.ipv6.stranger, family: "-6" } as const;
const prober = { address: "203.0.113.67", family: "-4" } as const;
const colleague = { address: internet.stranger, family: "-4" } as const;
type Host = { readonly address: string; readonly family: "-4" | "-6" };

/** As whoever has a network has: six of them, a failure each. */
const rotating6 = Array.from({ length: 6 }, (_, i) => ({ ...guesser6, address: `2001:db8::66:${i}` }));
const strangers: readonly Host[] = [guesser, guesser6, neighbour6, prober, ...rotating6];
/** What is banned for somebody. */
const bannedAs = ({ address, family }: Host) => (family === "-4" ? address : internet.ipv6.cidr);
const assign = (verb: "replace" | "delete") =>
  Promise.all(
    strangers.map(({ address, family }) =>
      local.internet(["ip", "address", verb, `${address}/${family === "-4" ? 24 : 64}`, "dev", "inet0"]),
    ),
  );
const fail2ban = async (...args: string[]) => (await local.on("mx1", ["fail2ban-client", ...args])).stdout;

beforeAll(() => assign("replace"));
afterAll(async () => {
  await fail2ban("unban", ...new Set(strangers.map(bannedAs)));
  await assign("delete");
});

/** Whether a port lets a host in: curl's status 7 is a connection that was refused. */
async function enters(from: Host, port: number): Promise<boolean> {
  const limits = ["--connect-timeout", "10", "--max-time", "3"];
  const { code } = await local.internet(
    ["curl", "--silent", from.family, "--interface", from.address, ...limits, `telnet://${host}:${port}`],
    { input: "" },
  );
  return code !== 7;
}

const submits = (from: Host, port: 465 | 587, user: string) =>
  local.internet([
    ...["swaks", from.family, "--local-interface", from.address, "--server", `${host}:${port}`],
    port === 465 ? "--tls-on-connect" : "--tls",
    ...["--auth", "PLAIN", "--auth-user", user, "--auth-password", "guessed", "--quit-after", "AUTH"],
  ]);
const reads = (from: Host, user: string, password = "guessed") =>
  local.internet([
    ...["curl", "--silent", from.family, "--interface", from.address],
    ...["--user", `${user}:${password}`, `imaps://${host}/`],
  ]);

const manages = ({ address }: Host, user: string) =>
  local.internet([
    "python3",
    "-c",
    manageSieve,
    address,
    host,
    Buffer.from(`\0${user}\0guessed`).toString("base64"),
  ]);
/** A login at ManageSieve (RFC 5804). */
const manageSieve = `
import socket, ssl, sys
address, host, login = sys.argv[1:]
connection = socket.create_connection((host, 4190), 120, (address, 0))
def said():
    lines = b""
    while not any(line.startswith((b"OK", b"NO", b"BYE")) for line in lines.splitlines()):
        more = connection.recv(4096)
        if not more:
            break
        lines += more
    return lines.decode()
said()
connection.sendall(b"STARTTLS\\r\\n")
said()
connection = ssl.create_default_context().wrap_socket(connection, server_hostname=host)
said()
connection.sendall(f'AUTHENTICATE "PLAIN" "{login}"\\r\\n'.encode())
said()
`;

/** Six wrong logins, just enough for a ban: at each service, as one who exists and as one who does not. */
const guesses = (from: Host) => {
  const nobody = "nobody@example.test";
  return Promise.all([
    manages(from, people.bob.user),
    submits(from, 465, people.bob.user),
    submits(from, 587, people.bob.user),
    submits(from, 465, nobody),
    reads(from, people.bob.user),
    reads(from, nobody),
  ]);
};

const banned = async (): Promise<readonly string[]> =>
  (await fail2ban("banned")).match(/[\da-f.:/]{4,}(?=')/g) ?? [];
const untilBanned = (host: Host) => eventually(banned, (all) => all.includes(bannedAs(host)));
/** fail2ban tells of a ban, and of its end, before the rule is changed. */
const until = (state: "in" | "out", from: Host, ...ports: readonly number[]) =>
  Promise.all(
    ports.map((port) =>
      eventually(
        () => enters(from, port),
        (entered) => entered === (state === "in"),
      ),
    ),
  );

describe("an address that guesses passwords", () => {
  it("is kept out of every service with a login", async () => {
    expect(await enters(guesser, 993)).toBe(true);
    await guesses(guesser);
    await untilBanned(guesser);
    await until("out", guesser, 465, 587, 993, 4190);
  });

  it("is counted in the metrics and in the daily report", async () => {
    expect((await metrics()).get("mailserver_banned_addresses")).toBeGreaterThan(0);
    const { stdout } = await local.on("mx1", ["mailserver-report"]);
    expect(stdout).toMatch(/^Addresses banned in this time, by jail\n +\d+ {2}mail$/m);
    expect(stdout).toMatch(/^ {2}bans +\d+ addresses are banned now$/m);
  });

  it("of IPv6 is kept out with its whole network, though each try comes from another address of it", async () => {
    for (const from of [guesser6, neighbour6]) expect(await enters(from, 993)).toBe(true);
    await Promise.all(rotating6.map((from) => reads(from, people.bob.user)));
    await untilBanned(guesser6);
    for (const from of [guesser6, neighbour6]) await until("out", from, 465, 587, 993, 4190);
  });

  it("does not have a neighbour kept out whom the stack allows", async () => {
    for (const port of [465, 587, 993]) expect(await enters(colleague6, port), String(port)).toBe(true);
  });

  it("can still bring mail, as other servers behind it may", async () => {
    for (const from of [guesser, guesser6]) expect(await enters(from, 25)).toBe(true);
  });

  it("keeps nobody else out", async () => {
    for (const port of [465, 587, 993]) expect(await enters(prober, port), String(port)).toBe(true);
  });

  it("stays out when the rules or the bans are read again, when they were emptied, and after a restart", async () => {
    for (const command of [
      ["systemctl", "reload", "nftables"],
      ["systemctl", "reload", "fail2ban"],
      ["systemctl", "restart", "fail2ban"],
      ["systemctl", "restart", "nftables"],
    ]) {
      expect((await local.on("mx1", command)).code, command.join(" ")).toBe(0);
      for (const from of [guesser, guesser6]) await until("out", from, 993);
    }
  });

  it("stays out after the machine has started anew", async () => {
    // While the machine is off, asking it fails.
    const started = () =>
      local.on("mx1", ["stat", "-c", "%Y", "/run/systemd/system"]).then(
        ({ stdout }) => stdout,
        () => "",
      );
    const before = await started();
    await local.on("mx1", ["systemctl", "reboot"]);
    await eventually(started, (now) => now !== "" && now !== before, { within: 600_000 });
    await eventually(
      () => enters(prober, 993),
      (entered) => entered,
      { within: 600_000 },
    );
    await untilBanned(guesser);
    await until("out", guesser, 993);
  });

  it("is let in again when an operator lifts the ban", async () => {
    expect(await enters(guesser, 993)).toBe(false);
    await fail2ban("unban", guesser.address);
    await until("in", guesser, 993);
    expect((await reads(guesser, people.bob.user, people.bob.password)).code).toBe(0);
  });

  it("is let in again by itself after the time, and kept out twice as long the next time", async () => {
    const seconds = async () =>
      Number(
        new RegExp(`^${guesser.address} .* \\+ (\\d+) =`, "m").exec(
          await fail2ban("get", "mail", "banip", "--with-time"),
        )?.[1],
      );
    expect(await fail2ban("get", "mail", "bantime")).toBe("600\n");
    await fail2ban("set", "mail", "bantime", "15");
    await guesses(guesser);
    await untilBanned(guesser);
    expect(await seconds()).toBe(15);
    await eventually(banned, (addresses) => !addresses.includes(guesser.address));
    await until("in", guesser, 993);
    await guesses(guesser);
    await untilBanned(guesser);
    expect(await seconds()).toBe(30);
    await fail2ban("set", "mail", "bantime", "600");
  });

  it("loses the connection that it still has", async () => {
    const session = local.internet([
      ...[
        "timeout",
        "300",
        "sh",
        "-c",
        'while echo "a noop"; do sleep 1; done | openssl s_client "$@"',
        "sh",
      ],
      ...["-quiet", "-4", "-bind", prober.address, "-connect", `${host}:993`],
    ]);
    const connected = async () =>
      (await local.on("mx1", ["ss", "-Htn", "state", "established", `src :993 and dst ${prober.address}`]))
        .stdout;
    await eventually(connected, (line) => line !== "");
    await fail2ban("set", "mail", "banip", prober.address);
    const { code, stdout } = await session;
    expect(stdout).toContain("a OK");
    // 124 is a session that timeout(1) had to end.
    expect(code).not.toBe(124);
    await fail2ban("unban", prober.address);
  });
});

describe("SSH", () => {
  it("bans like the mail services, and for them", async () => {
    const guess = () =>
      local.internet([
        ...["ssh", "-b", prober.address, "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no"],
        ...["-o", "UserKnownHostsFile=/dev/null", `guessed@${host}`],
      ]);
    await Promise.all(Array.from({ length: 6 }, guess));
    await untilBanned(prober);
    await until("out", prober, 22, 993);
    await fail2ban("unban", prober.address);
    await until("in", prober, 993);
  });
});

describe("a network that the stack allows", () => {
  it("is never banned, however often it fails", async () => {
    await guesses(colleague);
    await guesses(colleague);
    const told = `Ignore ${colleague.address}`;
    const journal = async () => (await local.on("mx1", ["journalctl", "-u", "fail2ban", "-o", "cat"])).stdout;
    await eventually(journal, (text) => text.split(told).length > 12);
    expect(await banned()).not.toContain(colleague.address);
    expect(await enters(colleague, 993)).toBe(true);
  });
});
