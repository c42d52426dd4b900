import type { Check } from "../../check";

export const dmarc: readonly Check[] = [];
