import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { internet } from "../../local/context";
import { correspondent, correspondentAddress } from "../../local/internet/correspondent";
import { locateCloud } from "../../local/locate";
import { eventually, root } from "./support/cloud";
import { alice, countBySubject } from "./support/imap";
import { shared as local } from "./support/shared";

const swaks = (...args: string[]) => local.internet(["swaks", "--timeout", "60", ...args]);
const openssl = (args: string[], input = "QUIT\r\n") => local.internet(["openssl", ...args], { input });

/** swaks with a login; the password is read from standard input. */
const swaksAs = (...args: string[]) =>
  local.internet(
    ["swaks", "--timeout", "60", "--auth-user", alice.user, "--protect-prompt", ...args, "--auth-password"],
    { input: `${alice.password}\n` },
  );

describe("mail from a stranger", () => {
  it("is found by its MX, taken over TLS and read over IMAPS with the certificate verified", async () => {
    const subject = randomUUID();
    const sent = await swaks(
      "--to",
      alice.user,
      "--from",
      "someone@stranger.test",
      "--tls",
      "--tls-verify",
      "--header",
      `Subject: ${subject}`,
    );
    expect(sent.stdout + sent.stderr).toMatch(/TLSv1\.3/);
    expect(sent.code, sent.stdout).toBe(0);
    expect(
      await eventually(
        () => countBySubject(local, alice, subject),
        (n) => n > 0,
      ),
    ).toBe(1);
  });

  it("is taken over IPv6 as well", async () => {
    const subject = randomUUID();
    const sender = ["--from", "someone@stranger.test", "--header", `Subject: ${subject}`];
    const sent = await swaks(
      "-6",
      "--server",
      alice.host,
      "--to",
      alice.user,
      "--tls",
      "--tls-verify",
      ...sender,
    );
    expect(sent.code, sent.stdout).toBe(0);
    expect(sent.stdout).toMatch(/^=== Trying mx1\.example\.test:25/m);
    expect(
      await eventually(
        () => countBySubject(local, alice, subject),
        (n) => n > 0,
      ),
    ).toBe(1);
  });

  it("is refused for another domain: the host is no open relay", async () => {
    const { code, stdout } = await swaks(
      "--to",
      "bob@peer.test",
      "--from",
      alice.user,
      "--server",
      alice.host,
    );
    expect(stdout).toMatch(/^<\*\* 55[0-9] .*Relay access denied/m);
    expect(code).not.toBe(0);
  });

  for (const recipient of [
    "bob%peer.test@example.test",
    '"bob@peer.test"@example.test',
    "@example.test:bob@peer.test",
    "peer.test!bob@example.test",
    "bob@peer.test@example.test",
  ])
    it(`is refused for the relay form ${recipient}`, async () => {
      const { stdout } = await swaks(
        "--to",
        recipient,
        "--from",
        "x@peer.test",
        "--server",
        alice.host,
        "--quit-after",
        "RCPT",
      );
      expect(stdout).toMatch(/^<\*\* [45][0-9][0-9] /m);
    });

  it("is refused at RCPT for a mailbox that does not exist", async () => {
    const { stdout } = await swaks("--to", "nobody@example.test", "--from", "someone@stranger.test");
    expect(stdout).toMatch(/^<\*\* 550 5\.1\.1 /m);
  });

  it("is taken for postmaster@, as RFC 5321 section 4.5.1 asks", async () => {
    const { code, stdout } = await swaks(
      "--to",
      "postmaster@example.test",
      "--from",
      "someone@stranger.test",
    );
    expect(code, stdout).toBe(0);
  });

  it("can't be smuggled through a bare newline before the final dot", async () => {
    const subject = randomUUID();
    const session = [
      "EHLO stranger.test",
      "MAIL FROM:<someone@stranger.test>",
      `RCPT TO:<${alice.user}>`,
      "DATA",
      `Subject: outer\r\n\r\nbody\n.\nMAIL FROM:<forged@example.test>\r\nRCPT TO:<${alice.user}>\r\nDATA\r\nSubject: ${subject}\r\n\r\nsmuggled\r\n.`,
      "QUIT",
      "",
    ].join("\r\n");
    await local.internet(["timeout", "60", "curl", "-s", "--max-time", "30", `telnet://${alice.host}:25`], {
      input: session,
    });
    expect(await countBySubject(local, alice, subject)).toBe(0);
  });
});

describe("submission", () => {
  it("hides AUTH on 587 until TLS is on", async () => {
    const { stdout } = await swaks("--server", alice.host, "--port", "587", "--quit-after", "EHLO");
    expect(stdout).toMatch(/250[- ]STARTTLS/);
    expect(stdout).not.toMatch(/AUTH/);
  });

  it("refuses a wrong password", async () => {
    const { stdout } = await local.internet(
      [
        "swaks",
        "--server",
        alice.host,
        "--port",
        "465",
        "--tls-on-connect",
        "--auth-user",
        alice.user,
        "--auth-password",
        "wrong",
        "--quit-after",
        "AUTH",
      ],
      {},
    );
    expect(stdout).toMatch(/535 5\.7\.8/);
  });

  it("refuses an anonymous sender on 465", async () => {
    const { stdout } = await swaks(
      "--server",
      alice.host,
      "--port",
      "465",
      "--tls-on-connect",
      "--from",
      alice.user,
      "--to",
      alice.user,
    );
    expect(stdout).toMatch(/^<~\* 5[0-9][0-9] /m);
  });

  it("refuses a login that sends as somebody else", async () => {
    const { stdout } = await swaksAs(
      "--server",
      alice.host,
      "--port",
      "587",
      "--tls",
      "--from",
      "postmaster@peer.test",
      "--to",
      alice.user,
      "--quit-after",
      "RCPT",
    );
    expect(stdout).toMatch(/^<~\* 553 5\.7\.1 .*not owned by user/m);
  });
});

describe("mail to a stranger", () => {
  it("leaves over IPv4, the family in which the host has a name, though the other end has both", async () => {
    const subject = randomUUID();
    const message = ["--from", alice.user, "--to", correspondentAddress, "--header", `Subject: ${subject}`];
    const { code, stdout } = await swaksAs("--server", alice.host, "--port", "587", "--tls", ...message);
    expect(code, stdout).toBe(0);
    const bob = correspondent(locateCloud(root, local.name), {
      exec: (argv, options) => local.on("internet", argv, options),
    });
    const { raw, verdicts } = await bob.received({ subject });
    const { publicIp } = await local.outputs();
    expect(raw).toMatch(new RegExp(`^Received: from mx1\\.example\\.test \\(\\[${publicIp}\\]`, "m"));
    expect(verdicts.fcrdns).toBe("pass");
  });

  it("can't leave over IPv6: the security group lets nothing out to port 25 there", async () => {
    const knock = async (address: string) =>
      (await local.on("mx1", ["timeout", "5", "bash", "-c", `exec 3<>/dev/tcp/${address}/25`])).code;
    expect(await knock(internet.peer)).toBe(0);
    expect(await knock(internet.ipv6.peer)).toBe(124);
  });
});

describe("the host from outside", () => {
  for (const [port, starttls] of [
    ["25", ["-starttls", "smtp"]],
    ["587", ["-starttls", "smtp"]],
    ["465", []],
    ["993", []],
    ["4190", ["-starttls", "sieve"]],
  ] as const)
    it(`speaks TLS 1.2 and 1.3 and nothing older on ${port}, with a certificate that verifies`, async () => {
      const connect = (...version: string[]) =>
        openssl([
          "s_client",
          "-connect",
          `${alice.host}:${port}`,
          ...starttls,
          "-verify_hostname",
          alice.host,
          "-verify_return_error",
          "-brief",
          ...version,
        ]);
      for (const version of ["-tls1_2", "-tls1_3"]) {
        const { stderr } = await connect(version);
        expect(stderr).toMatch(/Verification: OK/);
        expect(stderr).toMatch(/Verified peername: mx1\.example\.test/);
      }
      const old = await connect("-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0");
      expect(old.stderr).not.toMatch(/CONNECTION ESTABLISHED/);
    });

  it.each(["publicIp", "ipv6Address"])(
    "answers only on the ports that mail needs, at its %s",
    async (output) => {
      const address = String((await local.outputs())[output]);
      const open = [];
      for (const port of [22, 25, 80, 110, 143, 443, 465, 587, 993, 995, 4190, 8891, 11332, 11334]) {
        const { code } = await local.internet([
          "timeout",
          "3",
          "bash",
          "-c",
          `exec 3<>/dev/tcp/${address}/${port}`,
        ]);
        if (code === 0) open.push(port);
      }
      expect(open).toEqual([25, 80, 443, 465, 587, 993, 4190]);
    },
  );

  for (const [name, type, expected] of [
    ["example.test", "MX", /^\d+ mx1\.example\.test\.$/m],
    ["mx1.example.test", "A", /^203\.0\.113\.\d+$/m],
    ["mx1.example.test", "AAAA", /^2001:db8:c000:[0-9a-f:]+$/m],
    ["example.test", "TXT", /^"v=spf1 .*-all"$/m],
    ["_dmarc.example.test", "TXT", /^"v=DMARC1; ?p=reject/m],
  ] as const)
    it(`publishes ${type} of ${name}, authentic by DNSSEC`, async () => {
      const { stdout } = await local.internet(["dig", "+short", name, type]);
      expect(stdout).toMatch(expected);
      const { stdout: full } = await local.internet(["dig", "+dnssec", name, type]);
      expect(full).toMatch(/flags:[a-z ]* ad[ ;]/);
    });

  it("has an address whose PTR is the host's name", async () => {
    const { publicIp } = await local.outputs();
    const { stdout } = await local.internet(["dig", "+short", "-x", String(publicIp)]);
    expect(stdout.trim()).toBe("mx1.example.test.");
  });
});
