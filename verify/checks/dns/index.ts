import type { Check } from "../../check";

export const dns: readonly Check[] = [];
