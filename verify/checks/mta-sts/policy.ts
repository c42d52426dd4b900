import type { Check } from "../../check";
import { mailHosts } from "../../mail-hosts";
import { fetchPolicy, policyUrl, publishedRecords, wantedPolicy } from "../../mta-sts/published";
import { failed, passed, warning } from "../../outcome";

export const mtaStsPolicy: Check = {
  id: "mta-sts-policy",
  title: "Senders can fetch the MTA-STS policy",
  asks: "Whether the policy is there by HTTPS, under a trusted certificate, without a redirect, as plain text and in the right form. Senders ignore it otherwise.",
  source: "RFC 8461 sections 3.2 and 3.3",
  severity: "medium",
  run: async (subject) => {
    const [fetched, hosts] = await Promise.all([
      publishedRecords(subject).then(() => fetchPolicy(subject)),
      mailHosts(subject),
    ]);
    const transcript = fetched.answer?.transcript ?? [];
    if ("refusal" in fetched) {
      const policy = wantedPolicy(hosts.map(({ name }) => name))
        .trimEnd()
        .replaceAll("\n", ", ");
      const address = fetched.noAddress
        ? `Publish mta-sts.${subject.domain}. A <the web server's address>, and serve`
        : "Serve";
      return failed(
        [fetched.refusal, ...transcript].join("\n"),
        `${address} the lines "${policy}" as text/plain at ${policyUrl(subject)}, with a certificate of a public authority for mta-sts.${subject.domain} and no redirect.`,
      );
    }
    const { answer, policy } = fetched;
    const type = answer.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
    if (type !== "text/plain")
      return warning(
        [`${answer.url} comes as ${type ?? "no type"}, not as text/plain.`, ...transcript].join("\n"),
        "Serve it with Content-Type: text/plain; senders should refuse other types.",
      );
    return passed([`${answer.url} has the policy.`, policy.text.trimEnd(), ...transcript].join("\n"));
  },
};
