import { accountDkim } from "../../../../verify/checks/account/dkim";
import { describeCheck } from "../support/world";
import { dkimRecords, mailHost } from "./support/mail-host";

const expected = { hostname: "mail.example.com", addresses: ["192.0.2.10"], records: [] };
const declared = {
  ...expected,
  records: Object.entries(dkimRecords).map(([selector, value]) => ({
    name: `${selector}._domainkey.example.com`,
    type: "TXT",
    value,
  })),
};
const noKeys = { "rsa._domainkey.example.com TXT": [], "ed25519._domainkey.example.com TXT": [] };

describeCheck(accountDkim, [
  {
    when: "it is signed with both keys",
    world: () => mailHost(),
    outcome: "passed",
    evidence:
      /selector rsa of example\.com \(rsa-sha256\), selector ed25519 of example\.com \(ed25519-sha256\)/,
  },
  {
    when: "it is signed by the host's name, below the domain",
    world: () =>
      mailHost({
        signs: { rsa: { domain: "mail.example.com" } },
        zone: { "rsa._domainkey.mail.example.com TXT": [dkimRecords.rsa ?? ""] },
      }),
    outcome: "passed",
  },
  {
    when: "it is not signed",
    world: () => mailHost({ signs: {} }),
    outcome: "warning",
    evidence: /no DKIM signature/,
    remedy: /sign_authenticated/,
  },
  {
    when: "it is not signed, on a host that the stack declares",
    world: () => mailHost({ signs: {}, expected }),
    outcome: "failed",
  },
  {
    when: "it is signed only for another domain",
    world: () =>
      mailHost({
        signs: { rsa: { domain: "example.net" } },
        zone: { "rsa._domainkey.example.net TXT": [dkimRecords.rsa ?? ""] },
      }),
    outcome: "failed",
    evidence: /only for other domains: selector rsa of example\.net/,
    remedy: /d=example\.com/,
  },
  {
    when: "it is signed with another key than the published one",
    world: () => mailHost({ signs: { rsa: { wrongly: true } } }),
    outcome: "failed",
    evidence: /No signature .* verifies.*\nselector rsa .*fail, bad signature/s,
  },
  {
    when: "one of two signatures is by another key",
    world: () => mailHost({ signs: { rsa: {}, ed25519: { wrongly: true } } }),
    outcome: "warning",
    evidence: /not all verify.*\nselector ed25519/s,
  },
  {
    when: "the message is changed after it was signed",
    world: () => mailHost({ deliver: (source) => `${source}-- \r\nSent by our disclaimer\r\n` }),
    outcome: "failed",
    evidence: /body hash did not verify/,
  },
  {
    when: "a key is published nowhere, under a selector that nobody knew",
    world: () => mailHost({ zone: noKeys }),
    outcome: "failed",
    evidence: /no key/,
  },
  {
    when: "known selectors have no key, which the checks of the records tell",
    world: () => mailHost({ zone: noKeys, dkimSelectors: ["rsa", "ed25519"] }),
    outcome: "not-applicable",
  },
  {
    when: "a known selector's key is revoked, which the checks of the records tell",
    world: () =>
      mailHost({
        signs: { rsa: {} },
        zone: { "rsa._domainkey.example.com TXT": ["v=DKIM1; p="] },
        dkimSelectors: ["rsa"],
      }),
    outcome: "not-applicable",
  },
  {
    when: "the published key is not the declared one, which the stack's checks tell",
    world: () =>
      mailHost({
        signs: { ed25519: {} },
        expected: declared,
        zone: {
          "ed25519._domainkey.example.com TXT": [
            "v=DKIM1; k=ed25519; p=Xcc8hSvkeaDRV0ZjpmKMXNDNOuyTtfbpoT9W9Ap4vUo=",
          ],
        },
      }),
    outcome: "not-applicable",
  },
  {
    when: "the zone of the keys is broken",
    world: () => mailHost({ broken: ["rsa._domainkey.example.com"] }),
    outcome: "not-checked",
    evidence: /could not be verified/,
  },
  {
    when: "nothing arrives",
    world: () => mailHost({ refuseMessage: "no" }),
    outcome: "not-applicable",
    evidence: /account-delivery/,
  },
  { when: "no account is given", world: () => mailHost({ account: undefined }), outcome: "not-applicable" },
]);
