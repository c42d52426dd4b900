import type { Check } from "../../check";
import { mailHosts } from "../../mail-hosts";
import { policyUrl, stsRecords, wantedPolicy, wantedRecord } from "../../mta-sts/published";
import { passed, warning } from "../../outcome";

export const mtaStsExists: Check = {
  id: "mta-sts-exists",
  title: "The domain has MTA-STS",
  asks: "Whether the domain tells senders that they must deliver by TLS to a host with a trusted certificate. Without it whoever is on the way can switch TLS off.",
  source: "RFC 8461 section 3.1",
  severity: "medium",
  run: async (subject) => {
    const [record] = await stsRecords(subject);
    if (record) return passed(`_mta-sts.${subject.domain}. TXT "${record.text}"`);
    const hosts = (await mailHosts(subject)).map(({ name }) => name);
    const policy = wantedPolicy(hosts).trimEnd().replaceAll("\n", ", ");
    return warning(
      `${subject.domain} has no MTA-STS: there is no such record at _mta-sts.${subject.domain}.`,
      `Serve the lines "${policy}" at ${policyUrl(subject)}, first with mode: testing, then publish ${wantedRecord(subject)}`,
    );
  },
};
