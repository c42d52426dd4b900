import type { Check } from "../../check";
import { smtpAbuse } from "./abuse";
import { smtpAuth } from "./auth";
import { smtpBanner } from "./banner";
import { smtpBareNewline } from "./bare-newline";
import { smtpDomain } from "./domain";
import { smtpEarlyTalker } from "./early-talker";
import { smtpEhlo } from "./ehlo";
import { smtpExpn } from "./expn";
import { smtpExtensions } from "./extensions";
import { smtpLimits } from "./limits";
import { smtpNullSender } from "./null-sender";
import { smtpPostmaster } from "./postmaster";
import { smtpReachable } from "./reachable";
import { smtpRelay } from "./relay";
import { smtpSize } from "./size";
import { smtpSmuggling } from "./smuggling";
import { smtpStarttls } from "./starttls";
import { smtpStarttlsInjection } from "./starttls-injection";
import { smtpUnknownUser } from "./unknown-user";
import { smtpVrfy } from "./vrfy";

export const smtp: readonly Check[] = [
  smtpReachable,
  smtpBanner,
  smtpEhlo,
  smtpStarttls,
  smtpRelay,
  smtpVrfy,
  smtpExpn,
  smtpDomain,
  smtpPostmaster,
  smtpAbuse,
  smtpUnknownUser,
  smtpNullSender,
  smtpSmuggling,
  smtpBareNewline,
  smtpStarttlsInjection,
  smtpEarlyTalker,
  smtpAuth,
  smtpSize,
  smtpExtensions,
  smtpLimits,
];
