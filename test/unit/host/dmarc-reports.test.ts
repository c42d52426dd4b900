import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileOf, partOf, render } from "./support/declaration";
import { describePython } from "./support/python";

describePython("reports on DMARC", join(__dirname, "dmarc-reports"));

describe("reports on DMARC", () => {
  it("are fed by Rspamd, with a rule that says what is counted", () => {
    expect(fileOf(render(), "/etc/rspamd/override.d/dmarc.conf")).toMatch(
      /^reporting \{\n {2}enabled = true;$/m,
    );
    expect(fileOf(render(), "/etc/rspamd/lua.local.d/dmarc_results.lua")).toMatch(/^dmarc\.dmarc_report = /m);
  });

  it("come from the postmaster's domain, whose mail is signed", () => {
    expect(JSON.parse(fileOf(render(), "/etc/mailserver/dmarc-reports.json"))).toMatchObject({
      organization: "example.test",
      sender: "postmaster@example.test",
    });
    expect(partOf(render(), "dmarc-reports").services.map(({ unit }) => unit)).toEqual([
      "mailserver-dmarc-reports.timer",
    ]);
  });

  it("do not go on for ever, whatever others do", () => {
    const unit = fileOf(render(), "/etc/systemd/system/mailserver-dmarc-reports.service");
    expect(unit).toMatch(/^TimeoutStartSec=3h$/m);
  });
});
