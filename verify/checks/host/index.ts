import type { Check } from "../../check";
import { hostBackup } from "./backup";
import { hostQueue } from "./queue";
import { hostState } from "./state";
import { hostWarnings } from "./warnings";

export const host: readonly Check[] = [hostState, hostQueue, hostBackup, hostWarnings];
