import type { Answer } from "dns-packet";
import { describe, expect, it } from "vitest";
import { openResolver } from "../../../../verify/dns/open";
import { type Asked, dnsServer, type Said, type Script } from "../support/dns-server";

const address: Answer = { name: "example.com", type: "A", ttl: 60, data: "192.0.2.1" };
const rootSoa: Answer = {
  name: ".",
  type: "SOA",
  data: { mname: "a.example", rname: "b.example", serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 1 },
};

/** A resolver that does what it should, but for what is said otherwise of a question. */
function honest(script: (asked: Asked) => ReturnType<Script> | "as usual", authentic = true): Script {
  return (asked) => {
    const said = script(asked);
    if (said !== "as usual") return said;
    if (asked.name === ".") return { answers: [rootSoa], authentic };
    if (asked.name.endsWith(".invalid")) return { rcode: "NXDOMAIN", authentic };
    return { answers: asked.type === "A" ? [address] : [], authentic };
  };
}

function usual(): "as usual" {
  return "as usual";
}

/** What of example.com A comes back from a resolver that answers so. */
async function ask(said: (asked: Asked) => ReturnType<Script> | "as usual", authentic = true) {
  const server = await dnsServer(
    honest((asked) => (asked.name === "example.com" ? said(asked) : "as usual"), authentic),
  );
  const resolver = await openResolver({ servers: [server.address] });
  const questions = () => server.asked.filter(({ name }) => name === "example.com");
  return { resolver, questions, answer: resolver.query("example.com", "A") };
}

describe("the resolver", () => {
  it("gives the records with what DNSSEC says of them, and asks each question once", async () => {
    const { resolver, questions, answer } = await ask(usual);
    expect(await answer).toEqual({
      rcode: "NOERROR",
      records: ["192.0.2.1"],
      aliases: [],
      ttl: 60,
      security: "secure",
    });
    expect(await resolver.query("Example.COM.", "A")).toBe(await answer);
    expect(questions()).toMatchObject([
      { recursion: true, wantsSecurity: true, transport: "udp", edns: true },
    ]);
    expect(resolver.validates).toBe(true);
  });

  it("knows nothing of security from a resolver that does not validate", async () => {
    const { resolver, answer } = await ask(usual, false);
    expect(resolver.validates).toBe(false);
    expect((await answer).security).toBe("unknown");
  });

  it("tells an unsigned answer from a signed one", async () => {
    const { answer } = await ask(() => ({ answers: [address] }));
    expect((await answer).security).toBe("insecure");
  });

  it("asks by TCP for what does not fit", async () => {
    const answers = [...Array(200).keys()].map(
      (n): Answer => ({ ...address, data: `192.0.2.${n}` }) as Answer,
    );
    const { answer, questions } = await ask(({ transport }) =>
      transport === "udp" ? { truncated: true } : { answers, authentic: true },
    );
    expect((await answer).records).toHaveLength(200);
    expect(questions().map(({ transport }) => transport)).toEqual(["udp", "tcp"]);
  });

  it("calls bogus what is there only without validation", async () => {
    const { answer } = await ask(({ checkingDisabled }) =>
      checkingDisabled ? { answers: [address] } : { rcode: "SERVFAIL" },
    );
    expect(await answer).toMatchObject({ rcode: "NOERROR", records: ["192.0.2.1"], security: "bogus" });
  });

  it("does not call bogus what failed once", async () => {
    let times = 0;
    const { answer } = await ask(() => (times++ === 0 ? { rcode: "SERVFAIL" } : "as usual"));
    expect(await answer).toMatchObject({ records: ["192.0.2.1"], security: "secure" });
  });

  it("says that name servers are broken when there is no data without validation either", async () => {
    const { answer } = await ask(() => ({ rcode: "SERVFAIL" }));
    expect(await answer).toMatchObject({ rcode: "SERVFAIL", records: [] });
  });

  it("has no answer where the resolver refuses", async () => {
    const { answer } = await ask(() => ({ rcode: "REFUSED" }));
    await expect(answer).rejects.toThrow(/refuses to answer for example.com A/);
  });

  it("does not ask for a name that can't be", async () => {
    const { resolver, answer } = await ask(usual);
    await answer;
    for (const name of [`${"a".repeat(64)}.com`, "a..com", `${"a.".repeat(150)}com`])
      expect(await resolver.query(name, "A")).toMatchObject({ rcode: "NXDOMAIN", records: [] });
  });

  const forged: Said = { answers: [{ ...address, data: "198.51.100.66" } as Answer] };
  for (const [what, wrong] of [
    ["with another id", { ...forged, spoil: (reply) => ({ ...reply, id: (reply.id ?? 0) ^ 1 }) }],
    [
      "to another question",
      { ...forged, spoil: (reply) => ({ ...reply, questions: [{ name: "example.org", type: "A" }] }) },
    ],
    ["that is a question", { ...forged, spoil: (reply) => ({ ...reply, type: "query" }) }],
    ["of nothing but garbage", Buffer.from("HTTP/1.1 400 Bad Request")],
    ["of no bytes", Buffer.alloc(0)],
  ] as readonly [string, Said | Buffer][])
    it(`ignores a reply ${what}`, async () => {
      const { answer } = await ask(() => [wrong, { answers: [address], authentic: true }]);
      expect((await answer).records).toEqual(["192.0.2.1"]);
    });

  it("asks again when a packet is lost, and without EDNS0 where that is not understood", async () => {
    let lost = 0;
    const { answer } = await ask(() => (lost++ === 0 ? undefined : "as usual"));
    expect((await answer).records).toEqual(["192.0.2.1"]);
    const old = await ask(({ edns }) => (edns ? { rcode: "FORMERR" } : "as usual"));
    expect((await old.answer).records).toEqual(["192.0.2.1"]);
  });

  it("gives up after five seconds of silence, or of a reply that never fits", async () => {
    const since = performance.now();
    const silent = await ask(() => undefined);
    const endless = await ask(({ transport }) => (transport === "udp" ? { truncated: true } : undefined));
    await Promise.all([
      expect(silent.answer).rejects.toThrow(/gave no answer to example.com A/),
      expect(endless.answer).rejects.toThrow(/gave no answer to example.com A/),
    ]);
    expect(performance.now() - since).toBeLessThan(7_000);
  });

  it("puts at most 64 questions at once", async () => {
    let [now, most] = [0, 0];
    const server = await dnsServer(
      honest(({ name }) => {
        if (name.endsWith(".example.com")) most = Math.max(most, ++now);
        setTimeout(() => now--, 1);
        return "as usual";
      }),
    );
    const resolver = await openResolver({ servers: [server.address] });
    const names = [...Array(300).keys()].map((n) => `${n}.example.com`);
    const answers = await Promise.all(names.map((name) => resolver.query(name, "MX")));
    expect(answers.every(({ rcode }) => rcode === "NOERROR")).toBe(true);
    expect(most).toBeLessThanOrEqual(64);
  });
});

describe("opening a resolver", () => {
  it("fails for one that makes answers up", async () => {
    const liar = await dnsServer(({ name }) => ({ answers: [{ name, type: "A", data: "203.0.113.80" }] }));
    const opened = openResolver({ servers: [liar.address] });
    await expect(opened).rejects.toThrow(/makes answers up: for [0-9a-f]{16}\.invalid.*203\.0\.113\.80/);
    await expect(opened).rejects.toMatchObject({ remedy: expect.stringContaining("--resolver") });
  });

  it("takes no notice of an address sent with the answer that the name does not exist", async () => {
    const odd = await dnsServer(
      honest(({ name }) =>
        name.endsWith(".invalid") || name === "example.com"
          ? { rcode: "NXDOMAIN", answers: [{ name, type: "A", data: "203.0.113.80" }] }
          : "as usual",
      ),
    );
    const resolver = await openResolver({ servers: [odd.address] });
    expect(await resolver.query("example.com", "A")).toMatchObject({ rcode: "NXDOMAIN", records: [] });
  });

  it("goes on to the next where one lies, refuses, is not there or does not validate", async () => {
    const liar = await dnsServer(({ name }) => ({ answers: [{ name, type: "A", data: "203.0.113.80" }] }));
    const refuses = await dnsServer(() => ({ rcode: "REFUSED" }));
    const simple = await dnsServer(honest(usual, false));
    const good = await dnsServer(honest(usual));
    const absent = "127.0.0.1#1";
    const before = [liar.address, refuses.address, absent, simple.address];
    expect((await openResolver({ servers: [...before, good.address] })).name).toBe(good.address);
    expect(await openResolver({ servers: before })).toMatchObject({ name: simple.address, validates: false });
    await expect(openResolver({ servers: [refuses.address] })).rejects.toThrow(/refuses/);
    await expect(openResolver({ servers: [absent] })).rejects.toThrow(/127.0.0.1#1 gave no answer/);
  });

  for (const text of ["dns.example.com", "127.0.0.1#0", "127.0.0.1#70000", ""])
    it(`does not take "${text}" for an address`, async () => {
      await expect(openResolver({ servers: [text] })).rejects.toThrow(/is not the address of a resolver/);
    });

  it("takes addresses as the system gives them", async () => {
    const { address } = await dnsServer(honest(usual));
    expect((await openResolver({ servers: [address.replace("#", ":")] })).name).toBe(address);
  });
});

describe("asking a name server itself", () => {
  it("tells whether it is authoritative, and falls back to TCP", async () => {
    const { address: own, asked } = await dnsServer(({ transport, name }) =>
      transport === "udp"
        ? { truncated: true }
        : { answers: [address], authoritative: name === "example.com" },
    );
    const good = await dnsServer(honest(usual));
    const { queryServer } = await openResolver({ servers: [good.address] });
    expect(await queryServer(own, "example.com", "A")).toMatchObject({
      authoritative: true,
      records: ["192.0.2.1"],
      security: "unknown",
    });
    expect(await queryServer(own, "example.org", "A")).toMatchObject({ authoritative: false, records: [] });
    expect(asked.every(({ recursion }) => !recursion)).toBe(true);
  });

  it("gives its refusal as an answer", async () => {
    const { address: own } = await dnsServer(() => ({ rcode: "REFUSED" }));
    const good = await dnsServer(honest(usual));
    const { queryServer } = await openResolver({ servers: [good.address] });
    expect(await queryServer(own, "example.com", "SOA")).toMatchObject({
      rcode: "REFUSED",
      authoritative: false,
    });
  });
});
