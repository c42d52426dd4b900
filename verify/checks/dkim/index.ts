import type { Check } from "../../check";
import { dkimHash } from "./hash";
import { dkimKey } from "./key";
import { dkimRevoked } from "./revoked";
import { dkimSingle } from "./single";
import { dkimStrength } from "./strength";
import { dkimSyntax } from "./syntax";
import { dkimTesting } from "./testing";

export const dkim: readonly Check[] = [
  dkimKey,
  dkimSingle,
  dkimSyntax,
  dkimStrength,
  dkimRevoked,
  dkimTesting,
  dkimHash,
];
