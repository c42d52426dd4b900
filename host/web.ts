import type { DomainDeclaration } from "./declaration";

/** What a domain's web names stand for; each is a label below the domain. */
export type WebName = "mta-sts" | "autoconfig" | "autodiscover";

/** The names below a domain that the host answers by HTTPS, under one certificate; none without `web`. */
export function webNames({ name, web }: Pick<DomainDeclaration, "name" | "web">): readonly string[] {
  if (!web) return [];
  const labels: WebName[] = [
    ...(web.mtaStsPolicy === undefined ? [] : (["mta-sts"] as const)),
    "autoconfig",
    "autodiscover",
  ];
  return labels.map((label) => webName(label, name));
}

export function webName(label: WebName, domain: string): string {
  return `${label}.${domain}`;
}
