import { createServer, type Server } from "node:net";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { askWeb, NoAddress, NotHttp } from "../../../../verify/http";
import { Unreachable } from "../../../../verify/network";
import { httpsServer, trusted } from "../support/https-server";
import { lineServer } from "../support/line-server";
import { subjectIn, type World } from "../support/world";

const zone = { "www.example.com A": ["192.0.2.1"], "none.example.com TXT": ["nothing"] };
const url = "https://www.example.com/file";

function subject(server: Server, world: World = {}) {
  return subjectIn({ zone, listeners: { "192.0.2.1:443": server, "192.0.2.1:80": server }, ...world });
}

describe("a question to a web server", () => {
  it("gives the answer with its head", async () => {
    const { root, ...tls } = await trusted({ names: ["www.example.com"] });
    const server = await httpsServer(tls, { "/file": "text" });
    expect(await askWeb(subject(server, { authorities: [root] }), url)).toMatchObject({
      url,
      address: "192.0.2.1",
      status: 200,
      headers: { "content-type": "text/plain" },
      body: "text",
      truncated: false,
      certificateError: undefined,
      transcript: expect.arrayContaining([`C: GET ${url} (192.0.2.1)`, "S: 200 OK"]),
    });
  });

  it("works without TLS too", async () => {
    const server = await httpsServer(undefined, { "/file": { status: 404, body: "none" } });
    expect(await askWeb(subject(server), "http://www.example.com/file")).toMatchObject({ status: 404 });
  });

  it("sends content by POST", async () => {
    const server = await httpsServer(undefined, (request, response) => {
      request.setEncoding("utf8").on("data", (text) => response.end(`${request.method} ${text}`));
    });
    const content = { type: "text/plain", text: "hello" };
    const { body } = await askWeb(subject(server), "http://www.example.com/", { content });
    expect(body).toBe("POST hello");
  });

  for (const [what, names, notAfter, error] of [
    ["for another name", ["other.example.com"], undefined, /^is for other\.example\.com, not for www\.ex/],
    ["that has expired", ["www.example.com"], new Date("2026-11-02"), /^expired on 2026-11-02$/],
  ] as const)
    it(`tells of a certificate ${what}, and reads on`, async () => {
      const { root, ...tls } = await trusted({ names: [...names], notAfter });
      const server = await httpsServer(tls, { "/file": "text" });
      expect(await askWeb(subject(server, { authorities: [root] }), url)).toMatchObject({
        body: "text",
        certificateError: expect.stringMatching(error),
      });
    });

  for (const [what, answer] of [
    ["ends with the connection", "HTTP/1.0 200 OK\r\n\r\ntext"],
    ["is too long to be read", `HTTP/1.1 200 OK\r\n\r\n${"text".repeat(50_000)}`],
  ] as const)
    it(`tells of a certificate though the answer ${what}`, async () => {
      const { root, ...tls } = await trusted({ names: ["other.example.com"] });
      const server = await lineServer({
        tls,
        implicitTls: true,
        answer: (line, { write, close }) => {
          if (line !== "") return undefined;
          write(answer);
          close();
          return undefined;
        },
      });
      expect(await askWeb(subject(server, { authorities: [root] }), url)).toMatchObject({
        body: expect.stringMatching(/^text/),
        certificateError: expect.stringMatching(/^is for other\.example\.com/),
      });
    });

  it("tells of a certificate of an unknown authority", async () => {
    const { root: _, ...tls } = await trusted({ names: ["www.example.com"] });
    const { certificateError } = await askWeb(subject(await httpsServer(tls, { "/file": "text" })), url);
    expect(certificateError).toMatch(/leads to no known authority: its issuer is Test root/);
  });

  it("follows redirects only when told to, and never from https to http", async () => {
    const { root, ...tls } = await trusted({ names: ["www.example.com"] });
    const to = (location: string) => ({ status: 302, headers: { location } });
    const server = await httpsServer(tls, {
      "/one": to("/two"),
      "/two": to("/three"),
      "/three": "text",
      "/plain": to("http://www.example.com/three"),
      "/round": to("/round"),
    });
    const asked = subject(server, { authorities: [root] });
    const get = (path: string, redirects?: number) =>
      askWeb(asked, `https://www.example.com${path}`, { redirects });
    expect(await get("/one")).toMatchObject({ status: 302, headers: { location: "/two" } });
    expect(await get("/one", 2)).toMatchObject({ body: "text", url: "https://www.example.com/three" });
    expect((await get("/one", 2)).transcript.filter((line) => line.startsWith("C:"))).toHaveLength(3);
    expect((await get("/plain", 2)).status).toBe(302);
    expect((await get("/round", 5)).status).toBe(302);
  });

  it("reads 64 KiB of an endless answer", async () => {
    const server = await httpsServer(undefined, (_, response) => {
      const more = () => {
        while (response.write("x".repeat(10_000)));
        response.once("drain", more);
      };
      more();
    });
    const answer = await askWeb(subject(server), "http://www.example.com/");
    expect([answer.truncated, answer.body.length]).toEqual([true, 65_536]);
  });

  it("waits ten seconds in all for a server that is slow", async () => {
    let reached = () => {};
    const asked = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const server = await httpsServer(undefined, (_, response) => {
      response.write("x");
      reached();
    });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const answer = expect(askWeb(subject(server), "http://www.example.com/")).rejects.toThrow(/within 10 s/);
    await asked;
    vi.advanceTimersByTime(10_000);
    await answer;
  });

  it("tells a server that does not speak HTTP, or breaks off", async () => {
    const mail = await lineServer({ greeting: "220 mx.example.com ESMTP", answer: () => undefined });
    await expect(askWeb(subject(mail), "http://www.example.com/")).rejects.toThrow(NotHttp);
    const short = await httpsServer(undefined, (_, response) => {
      response.writeHead(200, { "content-length": "100" }).write("x", () => response.destroy());
    });
    await expect(askWeb(subject(short), "http://www.example.com/")).rejects.toThrow(NotHttp);
    const header = await lineServer({
      greeting: `HTTP/1.1 200 OK\r\nx: ${"x".repeat(100_000)}`,
      answer: () => "",
    });
    await expect(askWeb(subject(header), "http://www.example.com/")).rejects.toThrow(NotHttp);
  });

  it("tells a host without an address, and one that refuses", async () => {
    const server = createServer();
    await expect(askWeb(subject(server), "https://none.example.com/")).rejects.toThrow(NoAddress);
    await expect(askWeb(subject(server), "https://www.example.com:8443/")).rejects.toThrow(Unreachable);
  });
});
