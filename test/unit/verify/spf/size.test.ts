import { spfSize } from "../../../../verify/checks/spf/size";
import { describeCheck } from "../support/world";
import { zoneWith } from "./support";

const addresses = (count: number) => `v=spf1 ${"ip4:192.0.2.1 ".repeat(count)}-all`;

describeCheck(spfSize, [
  {
    when: "the record is short",
    world: { zone: zoneWith("v=spf1 mx -all") },
    outcome: "passed",
    evidence: /has 14 characters, .* 67 octets/,
  },
  {
    when: "it has 400 characters in two strings",
    world: { zone: zoneWith(`"${addresses(14)}" "${" a".repeat(100)}"`) },
    outcome: "passed",
  },
  {
    when: "it has more than 450 characters",
    world: { zone: zoneWith(addresses(33)) },
    outcome: "warning",
    remedy: /include:_spf\.example\.com/,
  },
  {
    when: "many other TXT records stand beside it",
    world: {
      zone: {
        "example.com TXT": [
          "v=spf1 mx -all",
          ...Array.from({ length: 20 }, (_, i) => `proof-${i}=${"x".repeat(60)}`),
        ],
      },
    },
    outcome: "warning",
    evidence: /answer with all TXT records 1\d{3} octets/,
  },
]);
