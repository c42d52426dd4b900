import type { Check } from "../../check";

export const account: readonly Check[] = [];
