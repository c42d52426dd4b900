import { isIP } from "node:net";
import { domainToASCII } from "node:url";

/**
 * The domain that someone has typed, in A-labels (RFC 5890), lower case, without the last dot.
 * @throws RangeError with what is wrong and what is wanted
 */
export function domainName(typed: string): string {
  const wanted = "Wanted is a mail domain, for example example.com.";
  const refuse = (why: string): never => {
    throw new RangeError(`${JSON.stringify(typed)} ${why}. ${wanted}`);
  };
  // UTS 46 reads these as full stops too.
  const text = typed.trim().replace(/[.。．｡]$/, "");
  if (text === "") refuse("is empty");
  if (/\s/.test(text)) refuse("has a space in it");
  const refuseAddress = () => refuse("is an address, and records belong to names");
  if (isIP(text.replace(/^\[|\]$/g, ""))) refuseAddress();
  if (text.includes("://")) refuse("is a URL");
  if (text.includes("@")) refuse("is a mail address: give what follows the @");
  // Beside letters, full stops and the characters that IDNA allows by context (RFC 5892 appendix A).
  if (/[^\p{L}\p{M}\p{N}.。．｡_\-·・׳״͵\u200c\u200d]/u.test(text))
    refuse("has a character that no domain has");
  const name = domainToASCII(text).toLowerCase();
  // What ends in a number becomes an address there, however it is written: 10.1, 0x7f.1, a digit in another script.
  if (isIP(name)) refuseAddress();
  if (name === "" || name.split(".").some((label) => !/^[a-z0-9_]([a-z0-9_-]*[a-z0-9])?$/.test(label)))
    refuse("is not a name that DNS can have");
  if (name.length > 253 || name.split(".").some((label) => label.length > 63)) refuse("is too long for DNS");
  if (!name.includes(".")) refuse("is a top-level domain");
  return name;
}
