import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { run } from "../../local/run";
import { installLanguageHost } from "../../local/toolchain/language-host/install";
import { ensurePulumi } from "../../local/toolchain/pulumi";
import { openTestCloud, type TestCloud } from "./support/cloud";
import { dashboardOf } from "./support/mail-server";

const checkout = resolve(__dirname, "../..");

describe("a preview of a wrong configuration", () => {
  let cloud: TestCloud;
  let dir: string;
  beforeAll(async () => {
    cloud = await openTestCloud({
      zones: ["example.test", "example.org", "elsewhere.test"],
      zoneSettings: { "elsewhere.test": { account: "two" } },
    });
    dir = await mkdtemp(join(tmpdir(), "pms-configuration-"));
    await installLanguageHost(await ensurePulumi(cloud.cacheDir), cloud.env.PULUMI_HOME ?? "", cloud.env);
    await pulumi("stack", "select", "--create", "local");
  });
  afterAll(async () => {
    await cloud.close();
    await rm(dir, { recursive: true });
  });

  it("fails with one message that names every key, and creates nothing", async () => {
    const said = await refusal({
      hostname: "mx1",
      domains: [{ name: "example.test", dmarcPolicy: "block" }],
      mailboxes: [{ address: "alice@example.org", passwordHash: "{PLAIN}wonderland" }],
      sshCidrs: ["0.0.0.0/0"],
      typo: "yes",
    });
    expect(said).toContain("The configuration of this stack has 7 errors:");
    for (const key of [
      "hostname",
      "domains[0].dmarcPolicy",
      "mailboxes[0].address",
      "mailboxes[0].passwordHash",
      "postmaster",
      "sshCidrs[0]",
      "typo",
    ])
      expect(said).toContain(`mailserver:${key}: got `);
    expect(said).not.toContain("wonderland");
  });

  it("names every key that is missing", async () => {
    const said = await refusal({
      hostname: undefined,
      domains: undefined,
      mailboxes: undefined,
      postmaster: undefined,
    });
    for (const key of ["hostname", "domains", "mailboxes", "postmaster"])
      expect(said).toMatch(new RegExp(`mailserver:${key}: got (nothing|\\[\\]), wants `));
  });

  it("names every zone that does not exist, before anything is declared", async () => {
    const said = await refusal({
      domains: [
        { name: "example.test" },
        { name: "nowhere.test" },
        { name: "mail.else.test", zone: "else.test" },
      ],
    });
    expect(said).toContain('mailserver:domains[1].name: got "nowhere.test"');
    expect(said).toContain('mailserver:domains[2].zone: got "else.test"');
    expect(said).not.toContain("domains[0]");
  });

  it("names every domain that can't be, and every choice of one", async () => {
    const long = `${`${"a".repeat(58)}.`.repeat(4)}test`;
    const spfIncludes = Array.from({ length: 10 }, (_, i) => `s${i}.example.net`);
    const said = await refusal({
      domains: [
        { name: "example.test", dmarcPolicy: "rejct", rotateEvery: 7, spfIncludes },
        { name: "Example.test" },
        { name: "example.test." },
        { name: long },
        { name: "a.b.example.test", zone: "example.test" },
        { name: "b.example.test" },
      ],
      parkedDomains: [{ name: "example.test" }],
    });
    for (const [key, wants] of [
      ["domains[0].dmarcPolicy", /got "rejct", wants one of none, quarantine, reject/],
      ["domains[0].rotateEvery", /got 7, wants days, a whole number from 12 to 3650/],
      ["domains[0].spfIncludes", /wants at most 9 names: receivers give up after 10 look-ups/],
      [
        "domains[1].name",
        /got "Example.test", wants .* another one than domains\[0\]\.name, which is the same/,
      ],
      [
        "domains[2].name",
        /got "example.test.", wants .* another one than domains\[0\]\.name, which is the same/,
      ],
      ["domains[3].name", /wants at most 234 characters/],
      ["domains[4].zone", /got "example.test", wants b\.example\.test, which a\.b\.example\.test is in too/],
      ["parkedDomains[0].name", /got "example.test", wants another one than domains\[0\]\.name/],
    ] as const) {
      const [line = ""] = said.split("\n").filter((each) => each.includes(`mailserver:${key}: `));
      expect(line, key).toMatch(wants);
    }
    expect(said).toContain("The configuration of this stack has 8 errors:");
  });

  it("names a zone that the token can't see, be it the program's own or that of another account", async () => {
    const unseen = await refusal({ domains: [{ name: "example.test" }, { name: "elsewhere.test" }] });
    expect(unseen).toContain(
      'mailserver:domains[1].name: got "elsewhere.test", zone elsewhere.test not found',
    );
    expect(unseen).not.toContain("domains[0]");

    const apiToken = `local-two-${"x".repeat(40)}`;
    const confused = await refusal({
      domains: [{ name: "example.test" }, { name: "example.org" }],
      cloudflareAccounts: [{ zones: ["example.org"], apiToken }],
    });
    expect(confused).toContain('mailserver:domains[1].name: got "example.org", zone example.org not found');
    expect(confused).not.toContain("domains[0]");
    expect(confused).not.toContain(apiToken);
  });

  it("names the senders of a merged SPF record that are too many together", async () => {
    const hosts = Array.from({ length: 10 }, (_, i) => `a:h${i}.example.net`);
    const content = `v=spf1 ${hosts.join(" ")} -all`;
    const { id } = await dashboardOf(cloud).addRecord("example.test", { name: "@", type: "TXT", content });
    expect(await refusal({ domains: [{ name: "example.test", existing: { spf: "merge" } }] })).toContain(
      `domains[0].spfIncludes: got 11 look-ups (the host 1, ${hosts.map((host) => `${host} 1`).join(", ")}), wants at most 10`,
    );
    await dashboardOf(cloud).deleteRecord("example.test", id);
  });

  it.each([
    ["domains", "example.test", "array<object>"],
    ["dataVolumeGiB", "lots", "integer"],
    ["protect", "perhaps", "boolean"],
  ])("names %s when it is of another type: Pulumi's own check of Pulumi.yaml", async (key, value, type) => {
    expect(await refusal({ [key]: value })).toContain(`configuration key '${key}' must be of type '${type}'`);
  });

  /** What a preview says of the local stack with some keys changed, and taken away where the value is undefined. */
  async function refusal(changes: Readonly<Record<string, unknown>>): Promise<string> {
    const stack = parse(await readFile(resolve(checkout, "stacks/Pulumi.local.yaml"), "utf8"));
    for (const [key, value] of Object.entries(changes)) stack.config[`mailserver:${key}`] = value;
    const before = cloud.store.size;
    const file = join(dir, "Pulumi.local.yaml");
    await writeFile(file, stringify(stack));
    const { stdout, stderr } = await pulumi("preview", "--stack", "local", "--config-file", file);
    // The stack itself may be on the list.
    expect(stdout + stderr).not.toMatch(/aws:|cloudflare:|tls:|pulumi-mailserver:/);
    expect(cloud.store.size).toBe(before);
    return stdout + stderr;
  }

  function pulumi(...args: string[]) {
    const command: [string, ...string[]] = [cloud.cli, ...args, "--cwd", checkout, "--non-interactive"];
    return run(command, { env: cloud.env, accept: [0, 1, 255] });
  }
});
