import { type Finding, failed, passed, warning } from "./outcome";

/** Seconds. Signatures and one-time codes bear about a minute, what is stamped for five minutes nothing more. */
const bearable = 60;
const harmful = 300;

/**
 * What a server's time says of its clock. The run began at `now` and the server was asked up to half a minute later,
 * which is within what is borne.
 * @param seen by what the server's time was seen, a sentence's beginning
 */
export function judgeClock(seen: string, time: Date, now: Date): Finding {
  const offset = Math.round((time.getTime() - now.getTime()) / 1000);
  const distance = Math.abs(offset);
  const evidence = `${seen} ${time.toISOString()}, ${distance} s ${offset < 0 ? "behind" : "ahead of"} this machine's clock.`;
  if (distance <= bearable) return passed(evidence);
  const remedy =
    "Let chrony or systemd-timesyncd run on the host, and see with `timedatectl` that it is synchronised; check this machine's own clock too.";
  return distance > harmful ? failed(evidence, remedy) : warning(evidence, remedy);
}
