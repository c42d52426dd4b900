import { wantProperty } from "../../caa/wanted";
import type { Check } from "../../check";

export const caaMail: Check = {
  id: "caa-mail",
  title: "CAA says who may issue certificates for mail addresses",
  asks: "Whether issuemail forbids S/MIME certificates for the domain's addresses or names who may issue them. The issue property says nothing of those.",
  source: "RFC 9495 section 3; internet.nl mail test 1.11",
  severity: "low",
  run: (subject) =>
    wantProperty(
      subject,
      "issuemail",
      ";",
      (records) => `If nobody signs mail with S/MIME, publish ${records}`,
    ),
};
