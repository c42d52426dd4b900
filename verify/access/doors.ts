import { type AccessHost, accessHost } from "../access-hosts";
import { Unreachable } from "../network";
import { CannotCheck, NotApplicable } from "../outcome";
import type { Subject } from "../subject";
import { imapsHello, submissionHello, submissionsHello } from "./hello";

/** How a port answered: a silent one is behind a firewall, or this machine's line blocks it. */
export type Door = "open" | "refused" | "silent";

/** The ports that users need, and whether users are known to come. */
export interface Doors {
  readonly submissions: Door;
  readonly submission: Door;
  readonly imaps: Door;
  readonly anyOpen: boolean;
  /** By an SRV record, by the stack's declaration or by the account that was given; else it may be a host for incoming mail only. */
  readonly meant: boolean;
  /** The domain says by SRV records that users send elsewhere or not at all. */
  readonly noSubmission: boolean;
}

/** Tries 465, 587 and 993 side by side. */
export async function doors(subject: Subject): Promise<Doors> {
  const [submissions, submission, imaps] = await Promise.all([
    door(submissionsHello(subject)),
    door(submissionHello(subject)),
    door(imapsHello(subject)),
  ]);
  const [sending, startTls, reading] = await Promise.all([
    accessHost(subject, "submissions"),
    accessHost(subject, "submission"),
    accessHost(subject, "imaps"),
  ]);
  return {
    submissions,
    submission,
    imaps,
    anyOpen: [submissions, submission, imaps].includes("open"),
    meant: sending.declared || reading.declared || !!subject.expected || !!subject.account,
    noSubmission: sending.withdrawn && startTls.withdrawn,
  };
}

/** @throws NotApplicable where there is nothing for users at all, which access-submissions tells */
export async function openDoors(subject: Subject): Promise<Doors> {
  const seen = await doors(subject);
  if (!seen.anyOpen && !seen.noSubmission)
    throw new NotApplicable(
      "None of the ports 465, 587 and 993 is open, so there is nothing for users to log in to.",
    );
  return seen;
}

/** Whether something answered, whatever it said. */
export async function door(reaching: Promise<unknown>): Promise<Door> {
  try {
    await reaching;
  } catch (error) {
    if (error instanceof Unreachable) return error.why === "refused" ? "refused" : "silent";
    if (!(error instanceof CannotCheck)) throw error;
  }
  return "open";
}

export function closed(is: Door): string {
  return is === "refused" ? "is closed" : "does not answer from here";
}

/** "mail.example.com port 465 (192.0.2.1)" */
export function nameOf({ name, address, port }: AccessHost): string {
  return `${name} port ${port} (${address})`;
}
