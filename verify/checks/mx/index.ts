import type { Check } from "../../check";

export const mx: readonly Check[] = [];
