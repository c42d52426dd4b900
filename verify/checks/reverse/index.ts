import type { Check } from "../../check";
import { reverseConfirmed } from "./confirmed";
import { reverseEhlo } from "./ehlo";
import { reverseGeneric } from "./generic";
import { reversePtr } from "./ptr";

export const reverse: readonly Check[] = [reversePtr, reverseConfirmed, reverseEhlo, reverseGeneric];
