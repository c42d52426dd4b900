import type { Check } from "../../check";
import { addressesOf } from "../../mail-hosts";
import { MxUnknown, mxRecord, mxRecords } from "../../mx/records";
import { failed, passed, warning } from "../../outcome";

export const mxExists: Check = {
  id: "mx-exists",
  title: "MX records say where mail goes",
  asks: "Whether the domain names the hosts that receive its mail, or says by a null MX that it receives none.",
  source: "RFC 5321 section 5.1, RFC 7505",
  severity: "critical",
  run: async (subject) => {
    const { domain, expected } = subject;
    const records = await mxRecords(subject).catch((error: unknown) => {
      if (error instanceof MxUnknown) return error;
      throw error;
    });
    // The resolver has asked twice by then, the second time without validation.
    if (records instanceof MxUnknown) return failed(records.message, records.remedy);
    const receiving = records.filter(({ exchange }) => exchange !== "");
    if (receiving.length > 0) return passed(receiving.map((record) => mxRecord(domain, record)).join("\n"));
    if (records.length > 0)
      return passed(`${domain} receives no mail, and says so: ${domain}. MX ${records[0]?.preference} .`);
    const wanted = mxRecord(domain, { preference: 10, exchange: expected?.hostname ?? `mail.${domain}` });
    const publish = `Publish "${wanted}" with the name of the host that receives the mail, or "${domain}. MX 0 ." if the domain receives none.`;
    const addresses = await addressesOf(subject, domain);
    if (addresses.length > 0)
      return warning(
        `${domain} has no MX record, so senders try its own address: ${addresses.join(", ")}.`,
        publish,
      );
    return failed(`${domain} has neither MX record nor address, so mail to it is returned.`, publish);
  },
};
