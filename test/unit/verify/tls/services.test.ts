import type { Server } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { Unreachable } from "../../../../verify/network";
import { CannotCheck } from "../../../../verify/outcome";
import { ask } from "../../../../verify/tls/ask";
import { mailServices, NoTls, reachTls } from "../../../../verify/tls/services";
import { suites } from "../../../../verify/tls/suites";
import { version } from "../../../../verify/tls/versions";
import { type LineScript, lineServer } from "../support/line-server";
import { smtpServer } from "../support/smtp-server";
import { byteServer } from "../support/tls-hello";
import { certificateFor, hostWith, strict, tlsServer } from "../support/tls-server";
import { subjectIn } from "../support/world";

const offer = {
  version: version.tls12,
  suites: suites.map(({ code }) => code),
  groups: [29, 23],
  servername: "mx.example.com",
};

async function reach(port: number, server: Server | "timeout" | "refused") {
  const service = mailServices.find((one) => one.port === port);
  if (!service) throw new Error(`No service on ${port}`);
  return reachTls(subjectIn(hostWith({ [port]: server })), "192.0.2.1", service);
}

/** A server that knows only the command that begins TLS. */
function beginning(greeting: string, command: RegExp, yes: string, tls: LineScript["tls"]): LineScript {
  return {
    greeting,
    tls,
    answer: (line, session) => {
      if (!command.test(line)) return "unexpected";
      session.startTls();
      return yes;
    },
  };
}

describe("TLS begins, as the port has it,", () => {
  const greetings: Readonly<Record<number, readonly [string, RegExp, string]>> = {
    143: ["* OK [CAPABILITY IMAP4rev1 STARTTLS] ready", /^a STARTTLS$/, "* 1 EXISTS\r\na OK Begin TLS now"],
    110: ["+OK ready", /^STLS$/, "+OK Begin TLS"],
    4190: ['"IMPLEMENTATION" "x"\r\n"STARTTLS"\r\nOK "ready"', /^STARTTLS$/, 'OK "Begin TLS"'],
  };

  for (const { port, begins } of mailServices)
    it(`on port ${port} (${begins})`, async () => {
      const tls = { ...(await certificateFor()), ...strict };
      const greeting = greetings[port];
      const server = greeting
        ? await lineServer(beginning(...greeting, tls))
        : await (begins === "SMTP" ? smtpServer({ tls }) : tlsServer(tls));
      expect(await ask(await reach(port, server), offer)).toMatchObject({ kind: "agreed", version: 0x0303 });
    });
});

describe("TLS does not begin", () => {
  it("where it is not offered", async () => {
    await expect(reach(25, await smtpServer())).rejects.toThrow(NoTls);
  });

  for (const [port, greeting, no] of [
    [143, "* OK ready", "a BAD Unknown command"],
    [110, "+OK ready", "-ERR Unknown command"],
    [4190, "OK", 'NO "TLS is not configured"'],
  ] as const)
    it(`where port ${port} refuses it`, async () => {
      await expect(reach(port, await lineServer({ greeting, answer: () => no }))).rejects.toThrow(NoTls);
    });

  it("where the port is closed, or does not answer", async () => {
    for (const why of ["refused", "timeout"] as const)
      for (const port of [465, 143]) await expect(reach(port, why)).rejects.toMatchObject({ why });
    await expect(reach(465, "refused")).rejects.toThrow(Unreachable);
  });

  it("where the server talks without end", async () => {
    const chatter = await byteServer((socket) => {
      const timer = setInterval(() => socket.write("* LIST () / x\r\n".repeat(5000)), 1);
      socket.on("close", () => clearInterval(timer));
    });
    await expect(reach(143, chatter)).rejects.toThrow(CannotCheck);
  });
});

describe("who is offered TLS", () => {
  const plain = (server: Server) => reach(465, server);

  it("may answer byte by byte", async () => {
    const server = await byteServer((socket) =>
      socket.once("data", async () => {
        for (const byte of Buffer.from("15030300020228", "hex")) {
          socket.write(Buffer.from([byte]));
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
      }),
    );
    expect(await ask(await plain(server), offer)).toEqual({
      kind: "refused",
      how: "alert handshake_failure",
    });
  });

  it("refuses by closing or resetting the connection", async () => {
    for (const end of ["end", "resetAndDestroy"] as const) {
      const server = await byteServer((socket) => socket.once("data", () => socket[end]()));
      expect(await ask(await plain(server), offer)).toMatchObject({ kind: "refused" });
    }
  });

  it("has five seconds", async () => {
    const socket = await plain(await byteServer((client) => client.once("data", () => client.write("\x16"))));
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const answer = ask(socket, offer);
      await new Promise((resolve) => socket.once("data", resolve));
      vi.advanceTimersByTime(4_999);
      expect(socket.destroyed).toBe(false);
      vi.advanceTimersByTime(1);
      expect(await answer).toMatchObject({ kind: "unclear" });
      expect(socket.destroyed).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  it("is cut off when it sends without end", async () => {
    const record = Buffer.concat([Buffer.from("1603034000", "hex"), Buffer.alloc(0x4000)]);
    const server = await byteServer((socket) =>
      socket.once("data", () => {
        const timer = setInterval(() => socket.write(record), 1);
        socket.on("close", () => clearInterval(timer));
      }),
    );
    expect(await ask(await plain(server), offer)).toMatchObject({ kind: "unclear" });
  });
});
