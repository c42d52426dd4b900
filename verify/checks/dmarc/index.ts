import type { Check } from "../../check";
import { dmarcExists } from "./exists";
import { dmarcExternal } from "./external";
import { dmarcPolicy } from "./policy";
import { dmarcRemovedTags } from "./removed-tags";
import { dmarcReportMx } from "./report-mx";
import { dmarcReports } from "./reports";
import { dmarcSingle } from "./single";
import { dmarcSubdomains } from "./subdomains";
import { dmarcSyntax } from "./syntax";
import { dmarcTesting } from "./testing";

export const dmarc: readonly Check[] = [
  dmarcExists,
  dmarcSingle,
  dmarcSyntax,
  dmarcPolicy,
  dmarcSubdomains,
  dmarcReports,
  dmarcExternal,
  dmarcReportMx,
  dmarcRemovedTags,
  dmarcTesting,
];
