import type { Check } from "../../check";
import { passed, warning } from "../../outcome";
import { tlsRptRecords, wantedTlsRpt } from "../../tls-rpt/published";

export const tlsRptExists: Check = {
  id: "tls-rpt-exists",
  title: "The domain asks for TLS reports",
  asks: "Whether senders are asked to report when TLS fails on the way to the domain. Without that nobody hears of mail that MTA-STS or DANE holds back.",
  source: "RFC 8460 section 3",
  severity: "low",
  run: async (subject) => {
    const [record] = await tlsRptRecords(subject);
    if (record) return passed(`_smtp._tls.${subject.domain}. TXT "${record.text}"`);
    return warning(
      `${subject.domain} asks for no TLS reports: there is no such record at _smtp._tls.${subject.domain}.`,
      `Publish ${wantedTlsRpt(subject)}`,
    );
  },
};
