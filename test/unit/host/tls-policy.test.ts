import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileOf, partOf, render } from "./support/declaration";
import { describePython } from "./support/python";

describePython("the TLS policy of outgoing mail", join(__dirname, "tls-policy"));

describe("the TLS policy of outgoing mail", () => {
  it("is asked by Postfix for every domain", () => {
    expect(fileOf(render(), "/etc/postfix/main.cf")).toMatch(
      /^smtp_tls_policy_maps = socketmap:unix:\/run\/mailserver-tls-policy\.sock:postfix$/m,
    );
    expect(partOf(render(), "tls-policy").services).toEqual([
      { unit: "mailserver-tls-policy.socket", onChange: "restart" },
    ]);
  });

  it("is kept on the data volume, and looked at again every day", () => {
    const daemon = fileOf(render(), "/etc/mta-sts-daemon.yml");
    expect(daemon).toMatch(/filename: \/srv\/mailserver\/mta-sts\/cache\.db/);
    expect(daemon).toMatch(/proactive_policy_fetching:\n {2}enabled: true/);
  });

  it("costs no memory while no mail goes out", () => {
    const unit = fileOf(render(), "/etc/systemd/system/postfix-mta-sts-resolver.service.d/mailserver.conf");
    expect(unit).toMatch(/^StopWhenUnneeded=yes$/m);
  });
});
