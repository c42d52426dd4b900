import { wantProperty } from "../../caa/wanted";
import type { Check } from "../../check";

export const caaWildcard: Check = {
  id: "caa-wildcard",
  title: "CAA says who may issue wildcard certificates",
  asks: "Whether issuewild forbids wildcard certificates or names who may issue them. Without it whoever may issue any certificate may issue one for all names at once.",
  source: "RFC 8659 section 4.3; internet.nl mail test 1.11",
  severity: "low",
  run: (subject) =>
    wantProperty(
      subject,
      "issuewild",
      ";",
      (records) => `If you use no wildcard certificate, publish ${records}`,
    ),
};
