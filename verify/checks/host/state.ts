import type { Check } from "../../check";
import { age, ageInWords, time } from "../../host/age";
import type { HostStatus } from "../../host/status";
import { isSilent, lastWord } from "../../host/told";
import { failed, passed, warning } from "../../outcome";

export const hostState: Check = {
  id: "host-state",
  title: "The host says that it is ready",
  asks: "Whether the host has put in force what it was last given, and still gives signs of life. Until then it works by what it had before, or not at all.",
  source: "the host's status",
  severity: "high",
  run: async (subject) => {
    const status = lastWord(subject);
    const { hostname, state, stage, updated } = status;
    if (state === "failed")
      return failed(
        [
          `${hostname} failed${stage ? ` at ${stage}` : ""}, it said at ${time(updated)}.`,
          ...words(status),
        ].join("\n"),
        "Mend what its words name; it tries again by itself. On the host, `journalctl -u mailserver-agent` has the rest.",
      );
    if (isSilent(status, subject.now))
      return warning(
        `${hostname} has given no sign of life for ${ageInWords(age(updated, subject.now))}: it was ${state} at ${time(updated)}.`,
        "See on the host whether its agent runs: `systemctl status mailserver-agent`. If this status is a copy, fetch it anew.",
      );
    if (state === "applying")
      return warning(
        [`${hostname} is not ready yet${stage ? `, it is at ${stage}` : ""}.`, ...words(status)].join("\n"),
        "Ask again in some minutes; if it stays so, its words, or `journalctl -u mailserver-agent` on the host, tell what it waits for.",
      );
    return passed(`${hostname} is ready, it said at ${time(updated)}.`);
  },
};

function words({ errors }: HostStatus): string[] {
  return errors.map(({ part, message }) => `${part}: ${message}`);
}
