import type { Check } from "../../check";
import { age, ageInWords, day, hour, time } from "../../host/age";
import { told } from "../../host/told";
import { failed, NotApplicable, notChecked, passed, warning } from "../../outcome";

/** Longer than greylisting and a receiver's short trouble take. */
const bearable = 4 * hour;
/** Most servers, as Postfix by default, return a message after five days. */
const aboutToBeReturned = 4 * day;

export const hostQueue: Check = {
  id: "host-queue",
  title: "No message waits for long to be delivered",
  asks: "How long the oldest message in the host's queue has waited. After about five days it is returned to its sender, who until then believes that it arrived.",
  source: "RFC 5321 section 4.5.4.1; the host's status",
  severity: "high",
  run: async (subject) => {
    const { hostname, queue, updated } = told(subject);
    if (queue === undefined) throw new NotApplicable(`${hostname} says nothing of its queue.`);
    if (queue === null)
      return notChecked(
        `${hostname} could not tell its queue at ${time(updated)}.`,
        "See on the host whether Postfix runs: `systemctl status postfix`; `postqueue -p` shows the queue.",
      );
    const { messages, oldest } = queue;
    if (messages === 0 || !oldest) return passed(`The queue of ${hostname} was empty at ${time(updated)}.`);
    // By the host's own clock: what has been delivered since waits no longer.
    const waited = age(oldest, updated);
    const evidence = `${messages === 1 ? "1 message waits" : `${messages} messages wait`} on ${hostname}, the oldest for ${ageInWords(waited)}, it said at ${time(updated)}.`;
    if (waited <= bearable) return passed(evidence);
    const remedy =
      "See on the host with `postqueue -p` what each waits for. The usual reasons: outbound port 25 is blocked, the receivers defer mail from this address (see reputation), or their domain or server is gone; `postqueue -f` tries all again.";
    return waited > aboutToBeReturned
      ? failed(`${evidence}\nWhat waits for five days is returned to its sender.`, remedy)
      : warning(evidence, remedy);
  },
};
