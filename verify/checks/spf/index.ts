import type { Check } from "../../check";
import { spfAll } from "./all";
import { spfExists } from "./exists";
import { spfHelo } from "./helo";
import { spfHost } from "./host";
import { spfIncludes } from "./includes";
import { spfLookups } from "./lookups";
import { spfPtr } from "./ptr";
import { spfSingle } from "./single";
import { spfSize } from "./size";
import { spfSyntax } from "./syntax";
import { spfVoidLookups } from "./void-lookups";

export const spf: readonly Check[] = [
  spfExists,
  spfSingle,
  spfSyntax,
  spfAll,
  spfLookups,
  spfVoidLookups,
  spfIncludes,
  spfHost,
  spfPtr,
  spfSize,
  spfHelo,
];
