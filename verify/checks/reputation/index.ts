import type { Check } from "../../check";

export const reputation: readonly Check[] = [];
