import type { Check } from "../../check";
import { reputationAddress } from "./address";
import { reputationDomain } from "./domain";

export const reputation: readonly Check[] = [reputationAddress, reputationDomain];
