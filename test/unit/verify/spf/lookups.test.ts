import { spfLookups } from "../../../../verify/checks/spf/lookups";
import { describeCheck } from "../support/world";
import { zoneWith } from "./support";

const terms = (count: number, name = "a:h") =>
  Array.from({ length: count }, (_, i) => `${name}${i}.example.net`).join(" ");

describeCheck(spfLookups, [
  {
    when: "it takes two",
    world: { zone: zoneWith("v=spf1 mx a ip4:192.0.2.1 -all") },
    outcome: "passed",
    evidence: /takes 2 look-ups/,
  },
  { when: "it takes exactly ten", world: { zone: zoneWith(`v=spf1 ${terms(10)} -all`) }, outcome: "passed" },
  {
    when: "terms behind -all would be too many",
    world: { zone: zoneWith(`v=spf1 mx -all ${terms(11)}`) },
    outcome: "passed",
  },
  {
    when: "it takes eleven, most of them of what it includes",
    world: {
      zone: zoneWith("v=spf1 mx include:example.net -all", {
        "example.net TXT": [`v=spf1 ${terms(9)} ?all`],
      }),
    },
    outcome: "failed",
    evidence:
      /takes 11 look-ups, of 10 allowed\.\n1\. mx of example\.com.*11\. a:h8\.example\.net of example\.net/s,
  },
  {
    when: "it includes the same record twice",
    world: {
      zone: zoneWith("v=spf1 include:example.net include:example.net -all", {
        "example.net TXT": [`v=spf1 ${terms(5)} ?all`],
      }),
    },
    outcome: "failed",
    evidence: /takes 12/,
  },
  {
    when: "redirect leads to the rest",
    world: {
      zone: zoneWith(`v=spf1 ${terms(6)} redirect=example.net`, {
        "example.net TXT": [`v=spf1 ${terms(4)}`],
      }),
    },
    outcome: "failed",
    evidence: /takes 11/,
  },
  {
    when: "it includes itself",
    world: {
      zone: zoneWith("v=spf1 include:example.net -all", {
        "example.net TXT": ["v=spf1 include:EXAMPLE.com ?all"],
      }),
    },
    outcome: "failed",
    evidence: /includes itself without end: include:EXAMPLE\.com of example\.net/,
  },
  {
    when: "records branch without end",
    world: {
      zone: Object.fromEntries(
        ["example.com", ...Array.from({ length: 9 }, (_, i) => `n${i}.example.com`)].map((name, i) => [
          `${name} TXT`,
          [`v=spf1 ${`include:n${i}.example.com `.repeat(40)}-all`],
        ]),
      ),
    },
    outcome: "failed",
  },
  {
    when: "the domain has eleven mail hosts",
    world: {
      zone: zoneWith("v=spf1 mx -all", {
        "example.com MX": Array.from({ length: 11 }, (_, i) => `${i} mx${i}.example.com`),
      }),
    },
    outcome: "failed",
    evidence: /mx of example\.com leads to 11 mail hosts/,
  },
  {
    when: "the record is malformed, which is another check's",
    world: { zone: zoneWith(`v=spf1 ${terms(11)} -al`) },
    outcome: "not-applicable",
  },
  {
    when: "nobody knows what an include takes",
    world: { zone: zoneWith("v=spf1 include:example.net -all"), broken: ["example.net"] },
    outcome: "not-checked",
  },
]);
