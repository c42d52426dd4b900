import type { Check } from "../../check";

export const dkim: readonly Check[] = [];
