import { isIPv6 } from "node:net";
import { expandIpv6 } from "./senders";

/** Labels or parts of labels that providers put into names of customers' lines. */
const ofLines =
  /^(adsl|broadband|cable|dhcp|dial|dialin|dialup|dsl|dyn|dynamic|fttb|ftth|gpon|pool|pools|ppp|pppoe|unassigned|vdsl|xdsl)\d*$/;

/** Whether a provider's software made a host name up from its address, or for a line whose address changes. */
export function looksGenerated(name: string, address: string): boolean {
  const labels = name.split(".");
  // The domain itself was somebody's choice.
  const parts = labels.slice(0, -2).flatMap((label) => label.split(/[-_]/));
  return parts.some((part) => ofLines.test(part)) || hasAddress(labels.slice(0, -1).join("."), address);
}

function hasAddress(name: string, address: string): boolean {
  if (isIPv6(address)) {
    // The second half is what tells the hosts of a network apart.
    const digits = expandIpv6(address).slice(16);
    const inverse = [...digits].reverse().join("");
    const plain = name.replace(/[^0-9a-z]/g, "");
    return plain.includes(digits) || plain.includes(inverse) || name.includes(address.replaceAll(":", "-"));
  }
  const octets = address.split(".");
  return [octets, octets.toReversed()].some((order) => {
    const decimal = order.map((octet) => `0{0,2}${octet}`).join("[-._x]");
    const padded = order.map((octet) => octet.padStart(3, "0")).join("");
    const hexadecimal = order.map((octet) => Number(octet).toString(16).padStart(2, "0")).join("");
    return new RegExp(`(?<![0-9])(${decimal}|${padded}|${hexadecimal})(?![0-9])`).test(name);
  });
}
