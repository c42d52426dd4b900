import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { run } from "../../../local/run";
import { dnsServer, type Said } from "../verify/support/dns-server";

const bin = resolve(__dirname, "../../../bin/mailserver.js");
const dir = mkdtempSync(join(tmpdir(), "mailserver-cli-"));
afterAll(() => rmSync(dir, { recursive: true }));

/** As it is typed in a shell, without a terminal. */
const mailserver = (...args: string[]) =>
  run([process.execPath, bin, ...args], { accept: [0, 1, 2], timeout: 60_000, env: withoutPassword });
const { MAILSERVER_PASSWORD: _, ...withoutPassword } = process.env;

/** A resolver that knows that example.com has an MX, and the root. */
const resolver = () =>
  dnsServer(({ name, type }): Said => {
    if (name.endsWith(".invalid")) return { rcode: "NXDOMAIN" };
    if (name === "example.com" && type === "MX")
      return { answers: [{ name, type, data: { preference: 10, exchange: "mx.example.com" } }] };
    if (type === "SOA")
      return {
        authentic: true,
        answers: [
          { name, type, data: { mname: "ns.example.com", rname: "hostmaster.example.com", serial: 1 } },
        ],
      };
    return {};
  });

describe("the mailserver command", () => {
  it("ends with 0 when all holds, and prints JSON that other programs read", async () => {
    const { address } = await resolver();
    const { code, stdout, stderr } = await mailserver(
      ...["verify", "Example.com", "--only", "mx-exists", "--resolver", address, "--json"],
    );
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({
      domain: "example.com",
      started: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      seconds: expect.any(Number),
      resolver: address,
      checks: [
        {
          id: "mx-exists",
          title: expect.any(String),
          severity: "critical",
          outcome: "passed",
          evidence: expect.stringContaining("mx.example.com"),
          remedy: "",
          source: expect.stringContaining("RFC 5321"),
        },
      ],
    });
    expect(code).toBe(0);
  });

  it("ends with 1 when something fails, and writes the reports that were asked for", async () => {
    const { address } = await resolver();
    const files = { html: join(dir, "report.html"), junit: join(dir, "report.xml") };
    const { code, stdout } = await mailserver(
      ...["verify", "example.com", "--only", "spf-exists", "--resolver", address],
      ...["--html", files.html, "--junit", files.junit],
    );
    expect(code).toBe(1);
    expect(stdout).toContain('example.com. TXT "v=spf1 mx -all"');
    expect(readFileSync(files.html, "utf8")).toContain("example.com");
    expect(readFileSync(files.junit, "utf8")).toContain("<failure");
  });

  it.each([
    ["a name with a space", ["exam ple.com"], /has a space in it/],
    ["an address", ["192.0.2.1"], /is an address/],
    ["no domain", [], /Which domain/],
    ["a check that there is not", ["example.com", "--only", "spf,dkin"], /no check or group dkin/],
    [
      "an account without a password",
      ["example.com", "--account", "alice@example.com"],
      /MAILSERVER_PASSWORD/,
    ],
    ["an option for the password", ["example.com", "--password", "x"], /'--password'/],
  ])("ends with 2 for %s, and says what is wanted", async (_what, args, words) => {
    const { code, stdout, stderr } = await mailserver("verify", ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(words);
  });

  it("judges what the host says of itself, from a file or from standard input", async () => {
    const { address } = await resolver();
    const status = JSON.stringify({
      format: 1,
      hostname: "mx.example.com",
      updated: new Date().toISOString(),
      state: "failed",
      errors: [{ part: "postfix", message: "fatal: no such table" }],
    });
    const file = join(dir, "status.json");
    writeFileSync(file, status);
    const asked = ["verify", "example.com", "--only", "host", "--resolver", address, "--host-status"];
    for (const given of [file, "-"]) {
      const { code, stdout } = await run([process.execPath, bin, ...asked, given], {
        accept: [0, 1, 2],
        input: given === "-" ? status : "",
      });
      expect(code).toBe(1);
      expect(stdout).toContain("postfix: fatal: no such table");
    }
  });

  it.each([
    ["that is not there", () => join(dir, "none.json"), /no such file/],
    ["that is something else", () => bin, /It is not JSON\.\nWanted is the JSON object that the host writes/],
    ["without an end", () => "/dev/zero", /larger than 1024 KiB/],
  ])("ends with 2 for a host's status %s, and says what is wanted", async (_what, file, words) => {
    const { code, stdout, stderr } = await mailserver("verify", "example.com", "--host-status", file());
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(words);
  });

  it("ends with 2 where the resolver never answers, and says how to name another", async () => {
    const silent = await dnsServer(() => undefined);
    const { code, stderr } = await mailserver("verify", "example.com", "--resolver", silent.address);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--resolver/);
  });

  it("ends with 2 where the resolver makes answers up", async () => {
    const liar = await dnsServer(({ name }) => ({ answers: [{ name, type: "A", data: "203.0.113.80" }] }));
    const { code, stderr } = await mailserver("verify", "example.com", "--resolver", liar.address);
    expect(code).toBe(2);
    expect(stderr).toMatch(/makes answers up/);
  });
});
