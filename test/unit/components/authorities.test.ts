import { describe, expect, it } from "vitest";
import { caaIdentityOf, letsEncrypt } from "../../../components/authorities";
import { parseIssuer } from "../../../verify/caa/record";

describe("the authority of an ACME directory", () => {
  it.each([
    [letsEncrypt, "letsencrypt.org"],
    ["https://acme-staging-v02.api.letsencrypt.org/directory", "letsencrypt.org"],
    ["https://acme.zerossl.com/v2/DV90", "sectigo.com"],
    ["https://dv.acme-v02.api.pki.goog/directory", "pki.goog"],
    ["https://api.buypass.com/acme/directory", "buypass.com"],
    ["https://acme.ssl.com/sslcom-dv-rsa", "ssl.com"],
    ["https://ACME-V02.API.LETSENCRYPT.ORG/directory", "letsencrypt.org"],
  ])("%s calls itself %s in CAA records", (directory, identity) => {
    expect(caaIdentityOf(directory)).toBe(identity);
    expect(parseIssuer(identity)).toEqual({ domain: identity, parameters: [] });
  });

  it.each([
    "https://acme.example/dir",
    "https://letsencrypt.org.example/directory",
    "https://example/acme-v02.api.letsencrypt.org",
    "acme-v02.api.letsencrypt.org",
    "",
    undefined,
  ])("is not known by %j", (directory) => {
    expect(caaIdentityOf(directory)).toBeUndefined();
  });
});
