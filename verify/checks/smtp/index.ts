import type { Check } from "../../check";

export const smtp: readonly Check[] = [];
