import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import bcrypt from "bcryptjs";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { parse } from "../../../config";
import { blowfish } from "./support/hashes";
import { stack } from "./support/stack";

const root = resolve(__dirname, "../../..");
const read = (file: string) => parseYaml(readFileSync(join(root, file), "utf8"));
const project = read("Pulumi.yaml");

/** A stack file's configuration as Pulumi hands it to the program: with the project's defaults, lists as JSON. */
function configOf(name: string): Record<string, string> {
  const defaults = Object.entries(project.config as Record<string, { default: unknown }>).map(
    ([key, { default: value }]) => [`mailserver:${key}`, value] as const,
  );
  const values = { ...Object.fromEntries(defaults), ...read(`stacks/Pulumi.${name}.yaml`).config };
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

describe("the local stack", () => {
  it("is a good configuration", () => {
    expect(parse(configOf("local"))).toMatchObject({
      hostname: "mx1.example.test",
      architecture: "amd64",
      acmeDirectory: "https://acme.test/dir",
      protect: false,
    });
  });

  it("has the mailbox whose password is documented", () => {
    const { address, passwordHash = "" } = parse(configOf("local")).mailboxes[0] ?? {};
    expect(address).toBe("alice@example.test");
    expect(bcrypt.compareSync("wonderland-local-only", passwordHash.replace("{BLF-CRYPT}", ""))).toBe(true);
  });
});

describe.each(["staging", "production"])("the %s stack", (name) => {
  it("lacks nothing but its mailbox's password hash", () => {
    const lines = refusal(configOf(name)).split("\n").slice(1, -1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^ {2}mailserver:mailboxes\[0\]\.passwordHash: got nothing, wants .*config set --secret/,
    );
  });

  it("is a good configuration once it has", () => {
    const config = configOf(name);
    const mailboxes = JSON.parse(config["mailserver:mailboxes"] ?? "").map((mailbox: object) => ({
      ...mailbox,
      passwordHash: blowfish,
    }));
    expect(parse({ ...config, "mailserver:mailboxes": JSON.stringify(mailboxes) }).postmaster).toMatch(
      /^postmaster@/,
    );
  });
});

describe("Pulumi.yaml", () => {
  it("describes every key that the program reads, and no other", () => {
    const keys = /wants one of (.+)$/m.exec(refusal(stack({ "no-such-key": "" })))?.[1]?.split(", ");
    expect(Object.keys(project.config).sort()).toEqual(keys);
    for (const { description } of Object.values<{ description: string }>(project.config)) {
      expect(description).toMatch(/\.$/);
    }
  });

  it("has a default for every key, so that the program reports what is missing", () => {
    for (const entry of Object.values(project.config)) expect(entry).toHaveProperty("default");
  });

  it("finds its stacks", () => {
    expect(readdirSync(join(root, project.stackConfigDir)).sort()).toEqual([
      "Pulumi.local.yaml",
      "Pulumi.production.yaml",
      "Pulumi.staging.yaml",
    ]);
  });
});

function refusal(raw: Record<string, string>): string {
  try {
    parse(raw);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the configuration was accepted");
}
