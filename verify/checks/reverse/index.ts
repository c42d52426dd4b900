import type { Check } from "../../check";

export const reverse: readonly Check[] = [];
