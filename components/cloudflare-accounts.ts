import { Provider } from "@pulumi/cloudflare/provider";
import { type ProviderResource, secret } from "@pulumi/pulumi";

export interface CloudflareAccount {
  /** Names of the zones that it has. */
  readonly zones: readonly string[];
  /** An API token with Zone:Read and DNS:Edit on them. */
  readonly apiToken: string;
}

/**
 * Providers for zones that are in other Cloudflare accounts than the program's own.
 * @returns a function from a zone's name to its account's provider, undefined for the program's own
 */
export function cloudflareAccounts(
  accounts: readonly CloudflareAccount[],
): (zone: string) => ProviderResource | undefined {
  const providers = new Map<string, ProviderResource>();
  for (const { zones, apiToken } of accounts) {
    // By its first zone: another order of the accounts changes nothing.
    const provider = new Provider(`cloudflare-${zones[0]}`, { apiToken: secret(apiToken) });
    for (const zone of zones) providers.set(zone, provider);
  }
  return (zone) => providers.get(zone);
}
