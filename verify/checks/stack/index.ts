import type { Check } from "../../check";
import { stackRecords } from "./records";
import { stackUndeclared } from "./undeclared";

export const stack: readonly Check[] = [stackRecords, stackUndeclared];
