import { describe, expect, it } from "vitest";
import { shared as local } from "./support/shared";

const secret = /-----BEGIN [A-Z ]*PRIVATE KEY-----|\$2[aby]\$\d\d\$|\$argon2|wonderland-local-only/;

describe("secrets in plain text", () => {
  it("are not in the stack's state", async () => {
    const { stdout, code } = await local.pulumi(["stack", "export"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/mailserver:|pulumi-mailserver:/);
    expect(stdout).not.toMatch(secret);
  });

  it("are not in what `pulumi stack output` prints", async () => {
    const { stdout } = await local.pulumi(["stack", "output", "--json"]);
    expect(stdout).not.toMatch(secret);
  });

  it("are not in the user-data that the instance can read", async () => {
    const { stdout } = await local.on("mx1", [
      "sh",
      "-c",
      'T=$(curl -sX PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token);' +
        ' curl -s -H "X-aws-ec2-metadata-token: $T" http://169.254.169.254/latest/user-data',
    ]);
    expect(stdout).toMatch(/#cloud-config/);
    expect(stdout).not.toMatch(secret);
  });

  it("are not in the process list or the journal of the host", async () => {
    const { stdout } = await local.on("mx1", ["sh", "-c", "ps axww -o args; journalctl --no-pager -o cat"]);
    expect(stdout).toMatch(/postfix/);
    expect(stdout).not.toMatch(secret);
  });

  it("are on the host for root and for the programs that need them, and for nobody else", async () => {
    const files = (user: string) =>
      local.on("mx1", [
        ...["runuser", "-u", user, "--", "sh", "-c"],
        "grep -rlIE 'PRIVATE KEY|[{](BLF-CRYPT|ARGON2ID|SHA512-CRYPT)[}]' /etc /srv/mailserver /var/lib /run 2>/dev/null",
      ]);
    const held = (await files("root")).stdout;
    expect(held).toMatch(/\/etc\/mailserver\/tls\//);
    expect(held).toMatch(/dkim/i);
    expect((await files("nobody")).stdout).toBe("");
  });
});
