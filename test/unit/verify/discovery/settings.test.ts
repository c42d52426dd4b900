import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAutoconfig, parseAutodiscover } from "../../../../verify/discovery/settings";
import { account, autodiscovered, clientConfig } from "./support";

const smtp = (xml: string) => {
  const read = parseAutodiscover(autodiscovered(account(993, xml)));
  return read && "settings" in read ? (read.settings.outgoing[0]?.begins ?? "no TLS") : read;
};

describe("settings for mail programs", () => {
  it("are read from Thunderbird's file", () => {
    const text = clientConfig({ port: 143, tls: "starttls" });
    expect(parseAutoconfig(text, "example.com")).toEqual({
      incoming: [{ name: "mx.example.com", port: 143, begins: "IMAP" }],
      outgoing: [{ name: "mx.example.com", port: 465, begins: "at once" }],
      problems: [],
    });
  });

  it("are read from several servers, and others than of mail are left out", () => {
    const server = (type: string, port: number) =>
      `<incomingServer type="${type}"><hostname>Mail.example.com</hostname><port> ${port} </port><socketType>SSL</socketType></incomingServer>`;
    const servers = ["imap", "pop3", "jmap"].map((type, index) => server(type, 993 + index)).join("");
    const text = `<clientConfig><emailProvider>${servers}</emailProvider></clientConfig>`;
    expect(parseAutoconfig(text, "example.com")?.incoming).toEqual([
      { name: "mail.example.com", port: 993, begins: "at once" },
      { name: "mail.example.com", port: 994, begins: "at once" },
    ]);
  });

  for (const [xml, begins] of [
    ["<Port>465</Port>", "at once"],
    ["<Port>587</Port><SSL>on</SSL>", "SMTP"],
    ["<Port>587</Port><SSL>off</SSL><Encryption>TLS</Encryption>", "SMTP"],
    ["<Port>587</Port><Encryption>SSL</Encryption>", "at once"],
    ["<Port>465</Port><Encryption>Auto</Encryption>", "at once"],
    ["<Port>465</Port><SSL>on</SSL><Encryption>None</Encryption>", "no TLS"],
    ["<Port>587</Port><SSL>off</SSL>", "no TLS"],
  ] as const)
    it(`for Outlook with ${xml} begin TLS: ${begins}`, () => {
      expect(smtp(xml)).toBe(begins);
    });

  it("may be for Exchange alone", () => {
    const text = autodiscovered(
      "<Account><Protocol><Type>EXCH</Type><Server>a</Server></Protocol></Account>",
    );
    expect(parseAutodiscover(text)).toEqual({ other: "has settings for EXCH alone", isError: false });
  });

  for (const [what, port, host, problem] of [
    ["a port out of range", 70_000, "mx.example.com", /no port number/],
    ["a host that is no name", 993, "mx example", /no host name/],
    ["a host that is a URL", 993, "https://mx.example.com", /no host name/],
  ] as const)
    it(`with ${what} are told to be wrong`, () => {
      const read = parseAutoconfig(clientConfig({ host, port, tls: "SSL" }), "example.com");
      expect(read?.problems.join()).toMatch(problem);
    });

  it("do not grow by entities", () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "${"x".repeat(1000)}"><!ENTITY b "${"&a;".repeat(1000)}">]>`;
    const text = clientConfig({ host: "&b;", port: 993, tls: "SSL" }).replace("?>", `?>${bomb}`);
    expect(JSON.stringify(parseAutoconfig(text, "example.com") ?? "").length).toBeLessThan(2000);
  });

  it("are read, whatever they are", () => {
    const piece = fc.constantFrom(
      "<clientConfig>",
      "</clientConfig>",
      "<emailProvider>",
      "<a b='c",
      "<![CDATA[",
      "&",
      ">",
      "<!DOCTYPE",
      "__proto__",
      "<__proto__>",
      "<Autodiscover><Response>",
      "<incomingServer>",
      "]]>",
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join("")),
        (text) => {
          parseAutoconfig(text, "example.com");
          parseAutodiscover(text);
        },
      ),
    );
  });
});
