/** Whether a text is a domain name as DNS records may have it: underscores are allowed, a trailing dot is not needed. */
export function isDomainName(name: string): boolean {
  const labels = name.replace(/\.$/, "").split(".");
  return (
    name.length <= 254 && labels.every((label) => /^(\*|[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)$/i.test(label))
  );
}

/** Lower case, without the trailing dot. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}
