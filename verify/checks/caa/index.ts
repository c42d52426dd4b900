import type { Check } from "../../check";

export const caa: readonly Check[] = [];
