import type { Check } from "../../check";
import { age, ageInWords, day, time } from "../../host/age";
import { told } from "../../host/told";
import { failed, NotApplicable, passed, warning } from "../../outcome";

/** One that is made every day may fail once. */
const bearable = 2 * day;
const harmful = 7 * day;

export const hostBackup: Check = {
  id: "host-backup",
  title: "The last backup is not old",
  asks: "When the host's last backup came to its end. What has arrived since is gone if the host is.",
  source: "the host's status",
  severity: "high",
  run: async (subject) => {
    const { hostname, backup } = told(subject);
    if (!backup) throw new NotApplicable(`${hostname} says nothing of backups.`);
    const old = age(backup.finished, subject.now);
    const evidence = `The last backup of ${hostname} came to its end ${ageInWords(old)} ago, at ${time(backup.finished)}.`;
    if (old <= bearable) return passed(evidence);
    const remedy =
      "See in the host's journal what became of the later ones: mostly the place is full, or its credentials have expired. Then make one by hand.";
    return old > harmful ? failed(evidence, remedy) : warning(evidence, remedy);
  },
};
