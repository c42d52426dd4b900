import type { Check } from "../../check";
import { accessClock } from "./clock";
import { accessExposed } from "./exposed";
import { accessImapPlain } from "./imap-plain";
import { accessImaps } from "./imaps";
import { accessPopPlain } from "./pop-plain";
import { accessSieve } from "./sieve";
import { accessSubmission } from "./submission";
import { accessSubmissionOpen } from "./submission-open";
import { accessSubmissionPlain } from "./submission-plain";
import { accessSubmissions } from "./submissions";

export const access: readonly Check[] = [
  accessSubmissions,
  accessSubmission,
  accessSubmissionPlain,
  accessSubmissionOpen,
  accessImaps,
  accessImapPlain,
  accessPopPlain,
  accessSieve,
  accessExposed,
  accessClock,
];
