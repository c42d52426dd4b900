import type { Outcome, Severity } from "../outcome";
import type { CheckReport, Report } from "../report";

/** In the order in which a report tells them. */
export const outcomeWords: Readonly<Record<Outcome, { readonly name: string; readonly meaning: string }>> = {
  failed: { name: "Failed", meaning: "Mail is lost, refused, spoofable or readable today." },
  warning: {
    name: "Warning",
    meaning: "It works, below what the standard or the big receivers ask for.",
  },
  "not-checked": {
    name: "Not checked",
    meaning: "No answer was to be had from where this was run. It says nothing about the server.",
  },
  passed: { name: "Passed", meaning: "It was asked, and holds." },
  "not-applicable": {
    name: "Not applicable",
    meaning: "The question does not arise, or another check answers it.",
  },
};

export const outcomeOrder = Object.keys(outcomeWords) as readonly Outcome[];

export const severityWords: Readonly<Record<Severity, { readonly name: string; readonly meaning: string }>> =
  {
    critical: { name: "Critical", meaning: "Mail is lost, or the server is abused." },
    high: { name: "High", meaning: "Mail is refused, forged or read by others." },
    medium: { name: "Medium", meaning: "Others trust the server less." },
    low: { name: "Low", meaning: "Good practice." },
  };

const groupTitles: Readonly<Record<string, string>> = {
  dns: "Domain name system",
  mx: "Mail hosts (MX)",
  reverse: "Reverse DNS",
  spf: "Who may send (SPF)",
  dkim: "Signatures (DKIM)",
  dmarc: "Policy for forgeries (DMARC)",
  "mta-sts": "Enforced TLS (MTA-STS)",
  "tls-rpt": "Reports about TLS (TLS-RPT)",
  dane: "Certificates in DNS (DANE)",
  caa: "Certificate authorities (CAA)",
  smtp: "Mail from strangers (SMTP)",
  tls: "Encryption (TLS)",
  certificate: "Certificates",
  access: "Ports for users",
  account: "A mailbox in use",
  discovery: "Settings that mail programs find",
  reputation: "Reputation",
  stack: "What the stack declares",
  host: "What the host says of itself",
};

/** @param id of a check; its first part is its group, which may have hyphens of its own */
export function groupOf(id: string): string {
  const known = Object.keys(groupTitles).filter((group) => id.startsWith(`${group}-`));
  return known.sort((a, b) => b.length - a.length)[0] ?? id.replace(/-.*/s, "");
}

export function groupTitle(group: string): string {
  return groupTitles[group] ?? group;
}

export function countOf(checks: readonly CheckReport[], outcome: Outcome): number {
  return checks.filter((check) => check.outcome === outcome).length;
}

/** For example `1 failed, 2 warnings, 90 passed`. */
export function tally(checks: readonly CheckReport[]): string {
  return outcomeOrder
    .map((outcome) => [countOf(checks, outcome), outcome] as const)
    .filter(([count]) => count > 0)
    .map(([count, outcome]) => `${count} ${counted(outcome, count)}`)
    .join(", ");
}

export function counted(outcome: Outcome, count: number): string {
  return `${outcomeWords[outcome].name.toLowerCase()}${outcome === "warning" && count !== 1 ? "s" : ""}`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** For example `2026-11-24 12:00 UTC`. */
export function when({ started }: Report): string {
  return `${started.slice(0, 10)} ${started.slice(11, 16)} UTC`;
}

export function duration({ seconds }: Report): string {
  return `${seconds.toFixed(1)} s`;
}
