import type { Store } from "./store";

/**
 * Makes time pass for the DNS records: all that is known of when they were made or changed moves into the past, as
 * if they had stood that long.
 * @param days a positive number; fractions are allowed
 */
export function ageRecords(store: Store, days: number): void {
  if (!(days > 0 && Number.isFinite(days))) throw new RangeError(`${days} is no positive number of days.`);
  const earlier = (time: string) => new Date(Date.parse(time) - days * 86_400_000).toISOString();
  store.map("dnsRecord", ({ config, facts }) => ({
    config,
    facts: {
      ...facts,
      created: earlier(facts.created),
      modified: earlier(facts.modified),
      commentModified: facts.commentModified && earlier(facts.commentModified),
    },
  }));
}
