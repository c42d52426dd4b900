import type { Check } from "../../check";

export const spf: readonly Check[] = [];
