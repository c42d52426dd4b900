import { accessSieve } from "../../../../verify/checks/access/sieve";
import { lineServer } from "../support/line-server";
import { describeCheck } from "../support/world";
import { goodPorts, hostWith, sieve } from "./support/host";

const with4190 = (server: () => ReturnType<typeof sieve>) => () =>
  hostWith({ ...goodPorts(), 4190: server() });

describeCheck(accessSieve, [
  {
    when: "4190 takes logins only after STARTTLS",
    world: with4190(() => sieve()),
    outcome: "passed",
    evidence: /port 4190 .* SASL PLAIN/,
  },
  { when: "4190 is closed", world: () => hostWith(goodPorts()), outcome: "not-applicable" },
  {
    when: "4190 takes passwords before TLS",
    world: with4190(() => sieve({ before: '"SASL" "PLAIN LOGIN"\r\n"STARTTLS"' })),
    outcome: "failed",
    evidence: /before TLS: SASL PLAIN LOGIN/,
  },
  {
    when: "4190 has no STARTTLS",
    world: with4190(() => sieve({ before: '"SASL" ""' })),
    outcome: "warning",
    evidence: /no STARTTLS/,
  },
  {
    when: "4190 offers no login even after STARTTLS",
    world: with4190(() => sieve({ after: '"SASL" ""' })),
    outcome: "warning",
    evidence: /no login after STARTTLS/,
  },
  {
    when: "something else listens on 4190",
    world: with4190(() => lineServer({ greeting: "HTTP/1.1 400 Bad Request", answer: () => undefined })),
    outcome: "not-checked",
  },
  {
    when: "4190 lists capabilities without end",
    world: with4190(() =>
      lineServer({
        greeting: Array.from({ length: 100 }, (_, n) => `"X${n}" "y"`).join("\r\n"),
        answer: () => undefined,
      }),
    ),
    outcome: "not-checked",
  },
]);
