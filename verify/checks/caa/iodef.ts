import { wantProperty } from "../../caa/wanted";
import type { Check } from "../../check";

export const caaIodef: Check = {
  id: "caa-iodef",
  title: "CAA says whom to tell of refused requests",
  asks: "Whether iodef gives an address for reports of certificates that somebody asked for against the records.",
  source: "RFC 8659 section 4.4; internet.nl mail test 1.11",
  severity: "low",
  run: (subject) =>
    wantProperty(subject, "iodef", `mailto:postmaster@${subject.domain}`, (records) => `Publish ${records}`),
};
