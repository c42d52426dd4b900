import { isIPv4, isIPv6 } from "node:net";
import type { Check } from "../../check";
import { type MailHost, mailHosts } from "../../mail-hosts";
import { Unreachable } from "../../network";
import { CannotCheck, NotApplicable, passed, warning } from "../../outcome";
import { hello } from "../../smtp/hello";
import type { Subject } from "../../subject";

export const mxIpv6Reachable: Check = {
  id: "mx-ipv6-reachable",
  title: "The mail hosts answer over IPv6",
  asks: "Whether port 25 is open at the IPv6 addresses too: senders try them first, and lose time where nobody is.",
  source: "RFC 5321 section 5.2; internet.nl",
  severity: "medium",
  run: async (subject) => {
    const hosts = (await mailHosts(subject)).filter(({ addresses }) => addresses.some(isIPv6));
    if (hosts.length === 0) throw new NotApplicable("No mail host has an IPv6 address.");
    const tried = (await Promise.all(hosts.map((host) => knock(subject, host)))).flat();
    const closed = tried.filter(({ unreachable }) => unreachable?.why === "refused");
    if (closed.length > 0)
      return warning(
        `${closed.map(({ host, address }) => `${host} at ${address}`).join(", ")} refuses connections to port 25.`,
        "Let the mail server listen on IPv6 (Postfix: inet_protocols = all) and open TCP port 25 for IPv6, or remove the AAAA record until then.",
      );
    const unknown = tried.find(({ unreachable }) => unreachable)?.unreachable;
    if (unknown) throw unknown;
    if (tried.length === 0)
      throw new NotApplicable("The mail hosts refuse connections over IPv4 as they do over IPv6.");
    return passed(tried.map(({ host, address }) => `${host} answers at ${address}.`).join("\n"));
  },
};

/** Nothing for a host that is as closed over IPv4, which `smtp-reachable` tells. */
async function knock(subject: Subject, { name, addresses }: MailHost) {
  const attempt = async (address: string) => ({
    host: name,
    address,
    unreachable: await hello(subject, { name, address }).then(
      () => undefined,
      (error: unknown) => {
        // Whatever it says, somebody is there.
        if (error instanceof CannotCheck) return error instanceof Unreachable ? error : undefined;
        throw error;
      },
    ),
  });
  const [ipv6, ipv4] = await Promise.all(
    [addresses.filter(isIPv6), addresses.filter(isIPv4)].map((family) => Promise.all(family.map(attempt))),
  );
  const allClosed = ipv4?.length && ipv4.every(({ unreachable }) => unreachable?.why === "refused");
  return (ipv6 ?? []).filter(({ unreachable }) => !(allClosed && unreachable?.why === "refused"));
}
