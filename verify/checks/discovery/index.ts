import type { Check } from "../../check";

export const discovery: readonly Check[] = [];
