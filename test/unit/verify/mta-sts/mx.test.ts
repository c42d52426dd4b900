import { mtaStsMx } from "../../../../verify/checks/mta-sts/mx";
import { describeCheck } from "../support/world";
import { policyBut, stsWorld, zone } from "./support";

const other = policyBut("mx: mx", "mx: mail");

describeCheck(mtaStsMx, [
  {
    when: "the policy names the mail host",
    world: () => stsWorld(),
    outcome: "passed",
    evidence: /mx\.example\.com/,
  },
  {
    when: "the policy has a wildcard for it",
    world: () => stsWorld({ policy: policyBut("mx: mx", "mx: *") }),
    outcome: "passed",
  },
  {
    when: "the policy names another host",
    world: () => stsWorld({ policy: other }),
    outcome: "failed",
    evidence: /^mx\.example\.com: not in the MTA-STS policy, which is for mail\.example\.com/,
    remedy: /Add "mx: mx\.example\.com"/,
  },
  {
    when: "the policy that is tried out names another host",
    world: () => stsWorld({ policy: other.replace("enforce", "testing") }),
    outcome: "warning",
  },
  {
    when: "the backup host is not in the policy",
    world: () =>
      stsWorld({
        world: {
          zone: {
            ...zone,
            "example.com MX": ["10 mx.example.com", "20 backup.example.net"],
            "backup.example.net A": ["192.0.2.9"],
          },
        },
      }),
    outcome: "failed",
    evidence: /^backup\.example\.net: not in/,
  },
  {
    when: "a host without an address is not in the policy, which is another check's",
    world: () =>
      stsWorld({
        world: { zone: { ...zone, "example.com MX": ["10 mx.example.com", "20 gone.example.com"] } },
      }),
    outcome: "passed",
  },
  {
    when: "the mail host is an alias of the policy's, which is another check's",
    world: () =>
      stsWorld({
        world: {
          zone: {
            ...zone,
            "example.com MX": ["10 alias.example.com"],
            "alias.example.com CNAME": ["mx.example.com"],
          },
        },
      }),
    outcome: "passed",
  },
  {
    when: "the policy is switched off",
    world: () => stsWorld({ policy: other.replace("enforce", "none") }),
    outcome: "not-applicable",
  },
  { when: "senders get no policy", world: () => stsWorld({ pages: {} }), outcome: "not-applicable" },
]);
