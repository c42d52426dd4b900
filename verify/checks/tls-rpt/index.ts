import type { Check } from "../../check";

export const tlsRpt: readonly Check[] = [];
