import { domainToASCII } from "node:url";

/**
 * Whether a text is a fully qualified host or domain name of at least two labels in the form in which it is published:
 * lower case, without the trailing dot, internationalised labels as `xn--…` (RFC 1123 section 2.1, RFC 5890).
 */
export function isDomainName(text: string): boolean {
  const labels = text.split(".");
  return (
    text.length <= 253 &&
    labels.length >= 2 &&
    labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label)) &&
    // A name that ends in digits reads as an address (RFC 3696 section 2).
    !/^\d+$/.test(labels.at(-1) ?? "")
  );
}

/** Whether a name is a zone's own name or one below it. */
export function isWithin(name: string, zone: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}

/**
 * Whether a text is an address that a mailbox can have. Narrower than RFC 5321: lower case, and without `+`, which
 * separates a mailbox from the detail of an address (RFC 5233).
 */
export function isMailboxAddress(text: string): boolean {
  const [localPart = "", domain = "", ...rest] = text.split("@");
  return (
    rest.length === 0 &&
    localPart.length <= 64 &&
    /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(localPart) &&
    isDomainName(domain)
  );
}

/**
 * A domain name in any script as DNS has it (IDNA 2008: RFC 5891, RFC 5892), `bücher.example` as
 * `xn--bcher-kva.example`. A name that is in ASCII already, or can't be one, stays as it is.
 */
export function toAscii(name: string): string {
  if (!/[^ -~]/.test(name)) return name;
  // What may be in a name: letters, marks, digits, and a few signs that RFC 5892 appendix A lets through by their neighbours.
  return /^[\p{L}\p{M}\p{Nd}.\-\u00b7\u0375\u05f3\u05f4\u30fb\u200c\u200d]*$/u.test(name)
    ? domainToASCII(name) || name
    : name;
}

/** The part of an address after its last `@`. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}
