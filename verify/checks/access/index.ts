import type { Check } from "../../check";

export const access: readonly Check[] = [];
