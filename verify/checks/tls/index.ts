import type { Check } from "../../check";

export const tls: readonly Check[] = [];
