import type * as cloudflare from "@pulumi/cloudflare";
import { type Shape, text } from "../shape";

/** Credentials are accepted and used for nothing: the local cloud is the one account that is there. */
export const providerConfig: Shape<cloudflare.ProviderArgs> = {
  apiKey: text(),
  apiToken: text(),
  apiUserServiceKey: text(),
  baseUrl: text(),
  email: text(),
  userAgentOperatorSuffix: text(),
};
