import type { Server, Socket } from "node:net";
import { SMTPServer } from "smtp-server";
import { describe, expect, it, onTestFinished } from "vitest";
import { smtp } from "../../../../verify/checks/smtp";
import type { Outcome } from "../../../../verify/outcome";
import { verify } from "../../../../verify/verify";
import { smtpServer } from "../support/smtp-server";
import { subjectIn, type World } from "../support/world";
import { at, certified, rawServer } from "./support/world";

/** What the checks of the group come to, but for those that pass. */
async function notPassed(world: World): Promise<Record<string, Outcome>> {
  const { checks } = await verify(subjectIn(world), smtp);
  return Object.fromEntries(
    checks.filter(({ outcome }) => outcome !== "passed").map(({ id, outcome }) => [id, outcome]),
  );
}

/** A host without fault; `delay` lets strangers wait for the greeting. */
async function good(delay?: number): Promise<World> {
  const { authority, tls } = await certified();
  const server = await smtpServer({
    tls,
    delay,
    recipient: (address) => {
      if (/^(?:postmaster|(?:postmaster|abuse)@example\.com)$/.test(address)) return "250 2.1.5 Ok";
      return address.endsWith("@example.com") ? "550 5.1.1 User unknown" : "554 5.7.1 Relay access denied";
    },
    override: (command, { state, close, write }) => {
      if (command.length > 2048) return "500 5.5.2 Line too long";
      // Postfix ends the session of a client that sends NOOP together with EHLO.
      const last = state.last as { readonly command: string; readonly at: number } | undefined;
      state.last = { command, at: performance.now() };
      if (command !== "NOOP" || !last?.command.startsWith("EHLO") || performance.now() - last.at > 5)
        return undefined;
      write("554 5.5.0 Error: SMTP protocol synchronization\r\n");
      close();
      return undefined;
    },
  });
  return { ...at(server), authorities: [authority.root] };
}

/** Independent of this project: Nodemailer's server. */
async function nodemailers(): Promise<Server> {
  const { tls } = await certified();
  const server = new SMTPServer({
    name: "mx.example.com",
    banner: "ready",
    size: 52_428_800,
    authOptional: true,
    disabledCommands: ["AUTH"],
    disableReverseLookup: true,
    key: tls.key,
    cert: tls.cert,
    onRcptTo: ({ address }, _session, done) => {
      if (/^(?:postmaster|(?:postmaster|abuse)@example\.com)$/i.test(address)) return done();
      const refusal = address.endsWith("@example.com") ? "5.1.1 User unknown" : "5.7.1 Relay access denied";
      return done(Object.assign(new Error(refusal), { responseCode: 550 }));
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => new Promise<void>((resolve) => void server.close(resolve)));
  return server.server as Server;
}

describe("the checks of a mail host, together", () => {
  it("find no fault with a good one", async () => {
    expect(await notPassed(await good())).toEqual({});
  });

  it("find no fault with one that lets strangers wait for its greeting", async () => {
    expect(await notPassed(await good(3000))).toEqual({});
  });

  it("find no fault with Nodemailer's server", async () => {
    const { authority } = await certified();
    expect(await notPassed({ ...at(await nodemailers()), authorities: [authority.root] })).toEqual({});
  });

  it("leave it to smtp-reachable to tell that nothing listens", async () => {
    const { "smtp-reachable": reachable, ...rest } = await notPassed(at("refused"));
    expect(reachable).toBe("failed");
    expect(new Set(Object.values(rest))).toEqual(new Set(["not-applicable"]));
    expect(Object.keys(rest)).toHaveLength(smtp.length - 1);
  });

  it("can't be made with a server that does not play along, which is no fault, and takes bounded time", async () => {
    const since = performance.now();
    const servers: Readonly<Record<string, (socket: Socket) => void>> = {
      "speaks a byte a second": drip,
      "greets without an end": flood,
      "greets with a thousand lines": (socket) => void socket.write("220-mx.example.com\r\n".repeat(1000)),
      "hangs up at once": (socket) => void socket.end(),
      "turns everybody away": (socket) => void socket.end("554 5.7.1 No service for you\r\n"),
      "says nothing": () => {},
      "is no mail server": (socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"),
    };
    const all = Object.fromEntries(smtp.map(({ id }) => [id, "not-checked"]));
    const found = await Promise.all(
      Object.entries(servers).map(async ([what, serve]) => [
        what,
        await notPassed(at(await rawServer(serve))),
      ]),
    );
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(Object.keys(servers).map((what) => [what, all])),
    );
    expect(performance.now() - since).toBeLessThan(20_000);
  });
});

function drip(socket: Socket): void {
  const text = "220 mx.example.com ESMTP\r\n";
  let sent = 0;
  const timer = setInterval(() => socket.write(text[sent++ % text.length] ?? ""), 1000);
  socket.on("close", () => clearInterval(timer));
}

function flood(socket: Socket): void {
  const more = () => {
    while (socket.writable && socket.write("2".repeat(16_384)));
  };
  socket.on("drain", more);
  more();
}
