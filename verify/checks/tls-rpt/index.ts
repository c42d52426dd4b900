import type { Check } from "../../check";
import { tlsRptExists } from "./exists";
import { tlsRptMx } from "./mx";
import { tlsRptRecord } from "./record";

export const tlsRpt: readonly Check[] = [tlsRptExists, tlsRptRecord, tlsRptMx];
