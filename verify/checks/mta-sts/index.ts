import type { Check } from "../../check";
import { mtaStsCertificate } from "./certificate";
import { mtaStsExists } from "./exists";
import { mtaStsMaxAge } from "./max-age";
import { mtaStsMode } from "./mode";
import { mtaStsMx } from "./mx";
import { mtaStsPolicy } from "./policy";
import { mtaStsRecord } from "./record";

export const mtaSts: readonly Check[] = [
  mtaStsExists,
  mtaStsRecord,
  mtaStsPolicy,
  mtaStsMx,
  mtaStsMode,
  mtaStsMaxAge,
  mtaStsCertificate,
];
