import type { Check } from "../../check";
import { daneDnssec } from "./dnssec";
import { daneExists } from "./exists";
import { daneRecord } from "./record";
import { daneRollover } from "./rollover";
import { daneValid } from "./valid";

export const dane: readonly Check[] = [daneExists, daneRecord, daneValid, daneRollover, daneDnssec];
