import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileOf, render } from "./support/declaration";
import { describePython } from "./support/python";

describePython("the program that reads other servers' reports", join(__dirname, "reports"));

describe("reports of other servers", () => {
  it("are for a program that runs as a user of its own", () => {
    const lines = fileOf(render(), "/etc/postfix/transport").trim().split("\n");
    expect(lines).toEqual(
      ["example.test", "example.org"].flatMap((domain) => [
        `dmarc-reports@${domain} reports:`,
        `tls-reports@${domain} reports:`,
      ]),
    );
    expect(fileOf(render(), "/etc/postfix/mailboxes")).toContain("dmarc-reports@example.test .\n");
    expect(fileOf(render(), "/etc/postfix/master.cf")).toMatch(/^reports .* pipe\n {4}user=mailreports /m);
  });

  it("stay in a mailbox of that name where there is one", () => {
    const mailboxes = [{ address: "dmarc-reports@example.test", passwordHash: "{BLF-CRYPT}$2y$10$alice" }];
    const bundle = render({ mailboxes, postmaster: "dmarc-reports@example.test" });
    expect(fileOf(bundle, "/etc/postfix/transport")).not.toContain("dmarc-reports@example.test");
  });
});
