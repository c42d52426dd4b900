import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderBundle } from "../../../host";
import { declarations, fileOf, render } from "./support/declaration";

const main = settings(fileOf(render(), "/etc/postfix/main.cf"));
const services = masterServices(fileOf(render(), "/etc/postfix/master.cf"));

describe("Postfix", () => {
  it("renders its configuration whole", async () => {
    await expect(fileOf(render(), "/etc/postfix/main.cf")).toMatchFileSnapshot("snapshots/main.cf");
    await expect(fileOf(render(), "/etc/postfix/master.cf")).toMatchFileSnapshot("snapshots/master.cf");
  });

  it.each([
    ["myhostname", "mx1.example.test", "EHLO has to match the PTR record"],
    ["smtpd_relay_restrictions", "reject_unauth_destination", "port 25 relays for nobody"],
    ["smtpd_tls_auth_only", "yes", "no password outside of TLS"],
    ["smtpd_tls_protocols", ">=TLSv1.2", "nothing older, even where TLS is a choice"],
    ["smtpd_tls_mandatory_protocols", ">=TLSv1.2", "nothing older on submission"],
    ["smtp_tls_security_level", "dane", "TLSA records of receivers are followed"],
    ["smtp_dns_support_level", "dnssec", "without which DANE is off"],
    ["smtpd_forbid_bare_newline", "reject", "SMTP smuggling"],
    ["disable_vrfy_command", "yes", "no list of the mailboxes"],
    ["mydestination", "", "no delivery to system users"],
    ["milter_default_action", "tempfail", "nothing leaves unsigned"],
    ["internal_mail_filter_classes", "bounce", "bounces are signed"],
    ["message_size_limit", "50000000", "what SIZE announces"],
    ["non_smtpd_milters", "$smtpd_milters", "the host's own mail is signed"],
    ["minimal_backoff_time", "60s", "a failed delivery is tried again soon"],
    ["queue_run_delay", "30s", "soon after it may be"],
  ])("sets %s to '%s': %s", (name, value) => {
    expect(main.get(name)).toBe(value);
  });

  it("offers no authentication on port 25", () => {
    expect(main.has("smtpd_sasl_auth_enable")).toBe(false);
    expect(services.get("smtp")?.options.has("smtpd_sasl_auth_enable")).toBe(false);
  });

  it.each(["submission", "submissions"])("lets only owners of an address send on %s", (name) => {
    const options = services.get(name)?.options;
    expect(options?.get("smtpd_tls_security_level")).toBe("encrypt");
    expect(options?.get("smtpd_sasl_auth_enable")).toBe("yes");
    expect(options?.get("smtpd_client_restrictions")).toBe("permit_sasl_authenticated,reject");
    expect(options?.get("smtpd_relay_restrictions")).toBe("permit_sasl_authenticated,reject");
    expect(options?.get("smtpd_sender_restrictions")).toContain("reject_sender_login_mismatch");
  });

  it("takes out of users' mail where and with what it was written, and nothing out of attached messages", () => {
    for (const name of ["submission", "submissions"])
      expect(services.get(name)?.options.get("cleanup_service_name")).toBe("submission-cleanup");
    const options = services.get("submission-cleanup")?.options;
    expect(options?.get("header_checks")).toBe("regexp:$config_directory/submission_headers");
    expect(options?.get("mime_header_checks")).toBe("");
    expect(options?.get("nested_header_checks")).toBe("");
    const rules = fileOf(render(), "/etc/postfix/submission_headers");
    expect(rules).toMatch(/^\/\^Received: .*ESMTPSA.*IGNORE$/m);
  });

  it("begins TLS at once on submissions and by STARTTLS on submission", () => {
    expect(services.get("submissions")?.options.get("smtpd_tls_wrappermode")).toBe("yes");
    expect(services.get("submission")?.options.has("smtpd_tls_wrappermode")).toBe(false);
  });

  it("counts a message's size at the door alone, not the envelope and what the host adds", () => {
    for (const name of ["cleanup", "submission-cleanup"])
      expect(services.get(name)?.options.get("message_size_limit")).toBe("0");
  });

  it("sends over IPv4 only: an IPv6 address of a cloud host has no PTR record", () => {
    expect(services.get("smtp/unix")?.options.get("inet_protocols")).toBe("ipv4");
    expect(services.get("relay")?.options.get("inet_protocols")).toBe("ipv4");
  });

  it("sends mail of others on with a sender of its own, and everything else as it is", () => {
    expect(main.get("default_transport")).toBe("srs:[127.0.0.1]:10025");
    const own = table(fileOf(render(), "/etc/postfix/own_senders"));
    expect([...own]).toEqual(
      ["<>", "@example.test", "@example.org", "@mx1.example.test"].map((sender) => [sender, "smtp:"]),
    );
    const server = services.get("127.0.0.1:10025")?.options;
    expect(server?.get("cleanup_service_name")).toBe("srs-cleanup");
    expect(server?.get("smtpd_relay_restrictions")).toBe("permit_mynetworks,reject");
    const cleanup = services.get("srs-cleanup")?.options;
    expect(cleanup?.get("sender_canonical_maps")).toBe("tcp:127.0.0.1:10001");
    expect(cleanup?.get("sender_canonical_classes")).toBe("envelope_sender");
  });

  it("asks who is behind a sender of its own only for such, and in none of their look-alikes", () => {
    const [, pattern = ""] = /^\/(.*)\/ \$1\n$/.exec(fileOf(render(), "/etc/postfix/srs_recipients")) ?? [];
    const asked = (address: string) => new RegExp(pattern, "i").test(address);
    expect(asked("SRS0=abcdef=AA=stranger.test=someone@mx1.example.test")).toBe(true);
    expect(asked("srs1=abcdef=x.test==abcdef=AA=y.test=someone@mx1.example.test")).toBe(true);
    for (const other of [
      "alice@mx1.example.test",
      "SRS0=a=b=c=d@example.test",
      "SRS0=a=b=c=d@mx1-example.test",
    ])
      expect(asked(other), other).toBe(false);
  });

  it("needs no name of its own among its domains, and accepts one", () => {
    expect(main.get("virtual_alias_domains")).toBe("$myhostname");
    const same = render({ hostname: "example.test" });
    expect(settings(fileOf(same, "/etc/postfix/main.cf")).get("virtual_alias_domains")).toBe("");
  });

  it("delivers for any set of domains and mailboxes exactly to what is declared", () => {
    fc.assert(
      fc.property(declarations, (host) => {
        const bundle = renderBundle(host);
        const addresses = host.mailboxes.map(({ address }) => address.toLowerCase());
        const domains = host.domains.map(({ name }) => name);
        const aliases = table(fileOf(bundle, "/etc/postfix/aliases"));

        expect([...table(fileOf(bundle, "/etc/postfix/domains")).keys()]).toEqual(domains);
        const reports = [...table(fileOf(bundle, "/etc/postfix/transport")).keys()];
        expect([...table(fileOf(bundle, "/etc/postfix/mailboxes")).keys()]).toEqual([
          ...addresses,
          ...reports,
        ]);
        expect([...aliases.keys()].filter((alias) => addresses.includes(alias))).toEqual([]);
        expect(new Set(aliases.values())).toEqual(new Set([host.postmaster.toLowerCase()]));
        for (const name of ["postmaster", "abuse", "hostmaster"]) {
          for (const domain of [...domains, host.hostname]) {
            const address = `${name}@${domain}`;
            expect(addresses.includes(address) || aliases.has(address), address).toBe(true);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it("gives each address one owner, for any set of mailboxes", () => {
    fc.assert(
      fc.property(declarations, (host) => {
        const bundle = renderBundle(host);
        const addresses = host.mailboxes.map(({ address }) => address.toLowerCase());
        const senders = table(fileOf(bundle, "/etc/postfix/senders"));
        for (const address of addresses) expect(senders.get(address)).toBe(address);
        for (const [sender, owner] of senders) {
          if (!addresses.includes(sender)) expect(owner).toBe(host.postmaster.toLowerCase());
        }
      }),
      { numRuns: 50 },
    );
  });
});

/** Of main.cf; a setting given twice is a mistake. */
function settings(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split("\n").filter((line) => line && !line.startsWith("#"))) {
    const [, name = "", value = ""] = line.match(/^(\w+) =\s*(.*)$/) ?? [];
    expect(name, line).not.toBe("");
    expect(found.has(name), `${name} twice`).toBe(false);
    found.set(name, value);
  }
  return found;
}

/** Of master.cf, by name; the client called `smtp` as `smtp/unix`, because the server has the same name. */
function masterServices(text: string): Map<string, { command: string; options: Map<string, string> }> {
  const found = new Map<string, { command: string; options: Map<string, string> }>();
  let last: { command: string; options: Map<string, string> } | undefined;
  for (const line of text.split("\n").filter((line) => line && !line.startsWith("#"))) {
    const [, option = "", value = ""] = line.match(/^\s+-o (\w+)=(.*)$/) ?? [];
    if (option) {
      last?.options.set(option, value);
      continue;
    }
    const [name = "", type, ...rest] = line.split(/\s+/);
    last = { command: rest.at(-1) ?? "", options: new Map() };
    found.set(name === "smtp" && type === "unix" ? "smtp/unix" : name, last);
  }
  return found;
}

function table(text: string): Map<string, string> {
  const rows = text.split("\n").filter(Boolean);
  const found = new Map(rows.map((row) => row.split(" ") as [string, string]));
  expect(found.size).toBe(rows.length);
  return found;
}
