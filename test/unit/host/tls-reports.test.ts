import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileOf, partOf, render } from "./support/declaration";
import { describePython } from "./support/python";

describePython("reports on TLS", join(__dirname, "tls-reports"));

describe("reports on TLS", () => {
  it("are fed by Postfix, through a socket that nobody else may use", () => {
    const main = fileOf(render(), "/etc/postfix/main.cf");
    expect(main).toMatch(/^smtp_tlsrpt_enable = yes$/m);
    expect(main).toMatch(/^smtp_tlsrpt_socket_name = \/run\/mailserver-tls-reports\.sock$/m);
    const unit = fileOf(render(), "/etc/systemd/system/mailserver-tls-reports.socket");
    expect(unit).toMatch(/^SocketUser=postfix\nSocketMode=0600$/m);
  });

  it("come from the postmaster's domain, whose mail is signed", () => {
    expect(JSON.parse(fileOf(render(), "/etc/mailserver/tls-reports.json"))).toMatchObject({
      organization: "example.test",
      sender: "postmaster@example.test",
    });
    expect(partOf(render(), "tls-reports").services.map(({ unit }) => unit)).toContain(
      "mailserver-tls-reports-send.timer",
    );
  });

  it("do not go on for ever, whatever others do", () => {
    const unit = fileOf(render(), "/etc/systemd/system/mailserver-tls-reports-send.service");
    expect(unit).toMatch(/^TimeoutStartSec=3h$/m);
  });
});
