import type { Check } from "../../check";
import { discoveryAutoconfig } from "./autoconfig";
import { discoveryAutodiscover } from "./autodiscover";
import { discoverySrv } from "./srv";
import { discoverySrvTargets } from "./srv-targets";

export const discovery: readonly Check[] = [
  discoverySrv,
  discoverySrvTargets,
  discoveryAutoconfig,
  discoveryAutodiscover,
];
