import { serverTime } from "../../access/server-time";
import type { Check } from "../../check";
import { judgeClock } from "../../clock";
import { CannotCheck } from "../../outcome";

export const accessClock: Check = {
  id: "access-clock",
  title: "The host's clock is right",
  asks: "Whether the mail host's clock, as it tells strangers, is right. A wrong one dates mail wrongly and makes signatures and certificates seem expired.",
  source: "RFC 5322 section 3.6.1, RFC 6376 section 3.5 (t= and x=)",
  severity: "medium",
  run: async (subject) => {
    const told = await serverTime(subject);
    if (!told)
      throw new CannotCheck(
        "The host tells strangers no time: no HTTPS answers there, and its greeting has no date.",
        "Compare `date -u` on the host with this machine's, or run it with an account.",
      );
    return judgeClock(told.seen, told.time, subject.now);
  },
};
