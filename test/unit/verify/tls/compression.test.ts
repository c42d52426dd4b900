import { tlsCompression } from "../../../../verify/checks/tls/compression";
import { alert, helloServer, serverHello } from "../support/tls-hello";
import { hostWith, mailHost } from "../support/tls-server";
import { describeCheck } from "../support/world";

const suite = 0xc02f;

describeCheck(tlsCompression, [
  { when: "nothing compresses", world: () => mailHost(), outcome: "passed" },
  { when: "there is TLS 1.3 alone", world: () => mailHost({ minVersion: "TLSv1.3" }), outcome: "passed" },
  {
    when: "the server compresses for whoever offers it",
    world: async () =>
      hostWith({
        993: await helloServer(({ suites, compressions }) =>
          suites.includes(suite) ? serverHello({ suite, compression: Math.max(...compressions) }) : alert(40),
        ),
      }),
    outcome: "failed",
    evidence: /on port 993 agrees to DEFLATE/,
    remedy: /ssl_options = no_compression/,
  },
]);
