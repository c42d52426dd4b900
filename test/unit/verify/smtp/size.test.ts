import { smtpSize } from "../../../../verify/checks/smtp/size";
import { describeCheck } from "../support/world";
import { mailHost, secureMailHost } from "./support/world";

const offers = (...keywords: string[]) => mailHost({ keywords: () => keywords });

describeCheck(smtpSize, [
  { when: "the limit is 50 MiB", world: offers("SIZE 52428800"), outcome: "passed", evidence: /52428800/ },
  { when: "there is no fixed limit", world: offers("SIZE 0"), outcome: "passed", evidence: /no fixed/ },
  { when: "SIZE has no number", world: offers("size"), outcome: "passed", evidence: /no fixed/ },
  {
    when: "the limit is told inside TLS only",
    world: secureMailHost({ keywords: ({ secure }) => (secure ? ["SIZE 52428800"] : []) }),
    outcome: "passed",
  },
  {
    when: "the limit is 1 MB",
    world: offers("SIZE 1000000"),
    outcome: "warning",
    evidence: /1000000/,
    remedy: /52428800/,
  },
  { when: "no limit is told", world: offers("PIPELINING"), outcome: "warning", evidence: /no SIZE/ },
  { when: "the limit is no number", world: offers("SIZE 50MB"), outcome: "warning", evidence: /SIZE 50MB/ },
]);
