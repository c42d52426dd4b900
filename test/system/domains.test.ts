import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { eventually, root } from "./support/cloud";
import { alice, countBySubject } from "./support/imap";
import { shared as local } from "./support/shared";

const dir = mkdtempSync(join(tmpdir(), "mailserver-domains-"));
const original = join(root, "stacks/Pulumi.local.yaml");

/** A-labels of `bücher.test`. */
const unicode = "xn--bcher-kva.test";
const lists = "lists.example.test";
const parked = "idle.test";
const added = { ...alice, user: `alice@${unicode}` };

async function up(file: string): Promise<void> {
  const { code, stdout, stderr } = await local.pulumi([
    "up",
    "--yes",
    "--skip-preview",
    "--config-file",
    file,
  ]);
  expect(code, stdout + stderr).toBe(0);
  const waited = await local.local(["wait"]);
  expect(waited.code, waited.stdout + waited.stderr).toBe(0);
}

beforeAll(async () => {
  for (const zone of [unicode, parked]) expect((await local.local(["zone", zone])).code).toBe(0);
  const stack = parse(readFileSync(original, "utf8"));
  const { config } = stack;
  config["mailserver:domains"].push(
    { name: "bücher.test", dmarcReports: ["postmaster@example.test"] },
    { name: lists, zone: "example.test" },
  );
  config["mailserver:parkedDomains"] = [{ name: parked }];
  const [{ passwordHash }] = config["mailserver:mailboxes"];
  config["mailserver:mailboxes"].push({ address: "alice@bücher.test", passwordHash });
  writeFileSync(join(dir, "Pulumi.local.yaml"), stringify(stack));
  await up(join(dir, "Pulumi.local.yaml"));
});
afterAll(async () => {
  await up(original);
  rmSync(dir, { recursive: true });
});

describe("one host for several domains", () => {
  it("takes mail for a domain whose name is in another script, and signs what it sends", async () => {
    const subject = randomUUID();
    const sent = await local.internet(
      [
        ...["swaks", "--server", alice.host, "--port", "465", "--tls-on-connect", "--timeout", "60"],
        ...["--auth-user", added.user, "--protect-prompt", "--from", added.user, "--to", added.user],
        ...["--header", `Subject: ${subject}`, "--auth-password"],
      ],
      { input: `${added.password}\n` },
    );
    expect(sent.code, sent.stdout).toBe(0);
    const delivered = () => countBySubject(local, added, subject);
    expect(await eventually(delivered, (count) => count > 0)).toBe(1);
  });

  it.each([unicode, lists])("has %s as trusted as the first one", async (domain) => {
    const { code, stdout, stderr } = await local.local(["verify", domain, "--json"]);
    expect(stdout, stderr).toMatch(/^\{/);
    const { checks } = JSON.parse(stdout) as { checks: { id: string; outcome: string; evidence: string }[] };
    const wanting = checks.filter(({ outcome }) => outcome === "failed" || outcome === "warning");
    // Who may issue for the domain's web sites is limited only when that is declared.
    const notLimited = /^caa-(exists|wildcard)$/;
    expect(wanting.filter(({ id }) => !notLimited.test(id))).toEqual([]);
    expect(code).toBe(0);
  });

  it("receives DMARC reports of one domain at another, which agrees to it", async () => {
    const name = `${unicode}._report._dmarc.example.test`;
    const { stdout } = await local.internet(["dig", "+short", name, "TXT"]);
    expect(stdout.trim()).toBe('"v=DMARC1"');
  });

  it("says of a domain that does no mail that it does none", async () => {
    const dig = async (...args: string[]) => (await local.internet(["dig", "+short", ...args])).stdout.trim();
    expect(await dig(parked, "MX")).toBe("0 .");
    expect(await dig(parked, "TXT")).toBe('"v=spf1 -all"');
    expect(await dig(`_dmarc.${parked}`, "TXT")).toBe('"v=DMARC1; p=reject"');
    expect(await dig(`anything._domainkey.${parked}`, "TXT")).toBe('"v=DKIM1; p="');
    const { stdout } = await local.internet([
      "swaks",
      "--to",
      `x@${parked}`,
      "--from",
      "a@stranger.test",
      "--server",
      alice.host,
    ]);
    expect(stdout).toMatch(/^<\*\* 55[0-9] /m);
  });
});
