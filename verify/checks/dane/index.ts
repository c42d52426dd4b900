import type { Check } from "../../check";

export const dane: readonly Check[] = [];
