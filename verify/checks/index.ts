import type { Check } from "../check";
import { access } from "./access";
import { account } from "./account";
import { caa } from "./caa";
import { certificate } from "./certificate";
import { dane } from "./dane";
import { discovery } from "./discovery";
import { dkim } from "./dkim";
import { dmarc } from "./dmarc";
import { dns } from "./dns";
import { host } from "./host";
import { mtaSts } from "./mta-sts";
import { mx } from "./mx";
import { reputation } from "./reputation";
import { reverse } from "./reverse";
import { smtp } from "./smtp";
import { spf } from "./spf";
import { stack } from "./stack";
import { tls } from "./tls";
import { tlsRpt } from "./tls-rpt";

/** Every check, in the order in which a report lists them. */
export const checks: readonly Check[] = [
  ...dns,
  ...mx,
  ...reverse,
  ...spf,
  ...dkim,
  ...dmarc,
  ...mtaSts,
  ...tlsRpt,
  ...dane,
  ...caa,
  ...smtp,
  ...tls,
  ...certificate,
  ...access,
  ...account,
  ...discovery,
  ...reputation,
  ...stack,
  ...host,
];
