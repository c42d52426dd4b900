import { accessPopPlain } from "../../../../verify/checks/access/pop-plain";
import { lineServer } from "../support/line-server";
import { describeCheck } from "../support/world";
import { goodPorts, hostWith, pop } from "./support/host";

const with110 = (server: () => ReturnType<typeof pop>) => () => hostWith({ ...goodPorts(), 110: server() });

describeCheck(accessPopPlain, [
  {
    when: "110 is closed",
    world: () => hostWith(goodPorts()),
    outcome: "passed",
    evidence: /110 .* is closed/,
  },
  {
    when: "110 refuses logins before STLS",
    world: with110(() => pop()),
    outcome: "passed",
    evidence: /-ERR STLS first/,
  },
  {
    when: "110 offers USER before TLS",
    world: with110(() => pop({ capa: ["TOP", "USER", "STLS"] })),
    outcome: "failed",
    evidence: /offers USER before TLS/,
  },
  {
    when: "110 offers SASL PLAIN before TLS",
    world: with110(() => pop({ capa: ["SASL CRAM-MD5 PLAIN"] })),
    outcome: "failed",
    evidence: /SASL CRAM-MD5 PLAIN/,
  },
  {
    when: "110 takes a user's name without offering it",
    world: with110(() => pop({ user: "+OK" })),
    outcome: "failed",
    evidence: /takes a user's name/,
  },
  {
    when: "something else listens on 110",
    world: with110(() => lineServer({ greeting: "SSH-2.0-test", answer: () => undefined })),
    outcome: "not-checked",
    evidence: /does not speak POP3/,
  },
  {
    when: "110 lists capabilities without end",
    world: with110(() => lineServer({ greeting: "+OK", answer: () => `+OK\r\n${"X\r\n".repeat(100)}` })),
    outcome: "not-checked",
  },
]);
