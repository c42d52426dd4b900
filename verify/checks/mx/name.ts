import type { Check } from "../../check";
import { exchanges, misnamed } from "../../mx/records";
import { failed, passed } from "../../outcome";

export const mxName: Check = {
  id: "mx-name",
  title: "MX records name hosts, by valid names",
  asks: "Whether each MX record leads to a fully qualified host name: senders do not take an IP address or a malformed name.",
  source: "RFC 5321 sections 2.3.5 and 5.1, RFC 1123 section 2.1",
  severity: "critical",
  run: async (subject) => {
    const { domain } = subject;
    const names = await exchanges(subject);
    const wrong = names.flatMap((name) => {
      const why = misnamed(name);
      return why ? [{ name, why }] : [];
    });
    if (wrong.length === 0) return passed(`All names are valid: ${names.join(", ")}.`);
    return failed(
      `MX records of ${domain} lead to ${wrong.map(({ name, why }) => `"${name}", which is ${why}`).join("; ")}.`,
      `Give the host a name with an A record and publish "${domain}. MX 10 mail.${domain}." in place of "${domain}. MX ... ${wrong[0]?.name}."`,
    );
  },
};
