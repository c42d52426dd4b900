/** A zone with the domain's own DMARC record, and whatever else. */
export function zoneWith(record: string, more: Readonly<Record<string, readonly string[]>> = {}) {
  return { "_dmarc.example.com TXT": [record], ...more };
}
