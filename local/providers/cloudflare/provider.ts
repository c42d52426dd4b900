import type * as cloudflare from "@pulumi/cloudflare";
import { type Shape, text } from "../shape";

/** Of the credentials only the token's label counts (`tokenScope`); the rest is accepted and used for nothing. */
export const providerConfig: Shape<cloudflare.ProviderArgs> = {
  apiKey: text(),
  // The provider's own check.
  apiToken: text({
    problem: (token) =>
      /^[0-9A-Za-z\-_]{40,80}$/.test(token)
        ? undefined
        : "is no API token: 40 to 80 letters, digits, hyphens and underscores",
  }),
  apiUserServiceKey: text(),
  baseUrl: text(),
  email: text(),
  userAgentOperatorSuffix: text(),
};
