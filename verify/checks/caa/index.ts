import type { Check } from "../../check";
import { caaExists } from "./exists";
import { caaIodef } from "./iodef";
import { caaIssuer } from "./issuer";
import { caaMail } from "./mail";
import { caaSyntax } from "./syntax";
import { caaWildcard } from "./wildcard";

export const caa: readonly Check[] = [caaExists, caaSyntax, caaIssuer, caaWildcard, caaMail, caaIodef];
