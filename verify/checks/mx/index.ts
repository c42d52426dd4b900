import type { Check } from "../../check";
import { mxAddress } from "./address";
import { mxAlias } from "./alias";
import { mxExists } from "./exists";
import { mxIpv6 } from "./ipv6";
import { mxIpv6Reachable } from "./ipv6-reachable";
import { mxName } from "./name";
import { mxNull } from "./null";
import { mxPublic } from "./public";

export const mx: readonly Check[] = [
  mxExists,
  mxNull,
  mxName,
  mxAddress,
  mxAlias,
  mxPublic,
  mxIpv6,
  mxIpv6Reachable,
];
