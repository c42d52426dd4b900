import type { Subject } from "../subject";

/** Whether the domain says that it takes no mail, so that none comes from it either (RFC 7505 sections 3 and 4.2). */
export function hasNullMx({ domain, dns, once }: Subject): Promise<boolean> {
  return once(`null MX of ${domain}`, async () => {
    const { records } = await dns.query(domain, "MX");
    return records.length > 0 && records.every(({ exchange }) => exchange === "");
  });
}
