import { serverTime } from "../../access/server-time";
import { accountCheck } from "../../account/account-check";
import { delivery } from "../../account/delivery";
import { fieldsOf } from "../../account/header";
import type { Check } from "../../check";
import { judgeClock } from "../../clock";
import { CannotCheck, NotApplicable } from "../../outcome";

export const accountClock: Check = accountCheck({
  id: "account-clock",
  title: "Received mail is dated rightly",
  asks: "Whether the time that the server notes on mail is right.",
  source: "RFC 5321 section 4.4",
  severity: "medium",
  run: async (subject) => {
    const { source } = await delivery(subject);
    const told = await serverTime(subject);
    if (told && judgeClock(told.seen, told.time, subject.now).outcome !== "passed")
      throw new NotApplicable("The host's clock is wrong, which access-clock tells.");
    const [received] = fieldsOf(source).filter(({ name }) => name === "received");
    const time = new Date(received?.value.split(";").at(-1) ?? "");
    if (Number.isNaN(time.getTime()))
      throw new CannotCheck(
        "The message that arrived has no Received field with a date.",
        "Compare `date -u` on the host with this machine's.",
      );
    return judgeClock("The Received field of the message that arrived says", time, subject.now);
  },
});
