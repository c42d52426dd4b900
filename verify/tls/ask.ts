import type { Socket } from "node:net";
import { type Answer, answerLimit, readAnswer } from "./answer";
import { clientHello, type Offer } from "./hello";
import { version } from "./versions";

/** Milliseconds for the whole answer. */
const patience = 5_000;

/** Offers something to a server that waits for a ClientHello, hears what it agrees to, and ends the connection. */
export function ask(socket: Socket, offer: Offer): Promise<Answer> {
  return new Promise((resolve) => {
    let received = Buffer.alloc(0);
    const finish = (answer: Answer | undefined) => {
      if (!answer) return;
      clearTimeout(timer);
      socket.destroy();
      resolve(withinOffer(answer, offer));
    };
    const timer = setTimeout(() => finish(readAnswer(received, "late")), patience);
    socket.on("data", (chunk: Buffer) => {
      if (received.length <= answerLimit) received = Buffer.concat([received, chunk]);
      finish(readAnswer(received));
    });
    for (const event of ["end", "close", "error"] as const)
      socket.on(event, () => finish(readAnswer(received, "closed")));
    socket.resume();
    socket.write(clientHello(offer));
  });
}

/** Who agrees to what nobody offered has not answered (RFC 8446 section 4.1.3). */
function withinOffer(answer: Answer, { suites, version: highest }: Offer): Answer {
  if (answer.kind !== "agreed") return answer;
  if (!suites.includes(answer.suite)) return { kind: "unclear", why: "agrees to a cipher suite not offered" };
  const versionOffered = highest === version.tls13 ? answer.version === highest : answer.version <= highest;
  // RFC 8446 section 4.2.1: an old server may answer the one version offered with a lower one, which is to refuse it.
  return versionOffered ? answer : { kind: "refused", how: "another version than was offered" };
}
