import type { Check } from "../../check";

export const mtaSts: readonly Check[] = [];
