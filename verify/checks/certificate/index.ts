import type { Check } from "../../check";

export const certificate: readonly Check[] = [];
