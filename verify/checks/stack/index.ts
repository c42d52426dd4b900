import type { Check } from "../../check";

export const stack: readonly Check[] = [];
