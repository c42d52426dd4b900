import type { Check } from "../../check";
import { addressesOf, mailHosts } from "../../mail-hosts";
import { CannotCheck, failed, NotApplicable, passed, warning } from "../../outcome";
import { hello } from "../../smtp/hello";
import { checkHost, type Verdict } from "../../spf/evaluate";
import type { Subject } from "../../subject";
import { txtLine } from "../../tag-list";

export const spfHelo: Check = {
  id: "spf-helo",
  title: "The mail host's own name has SPF",
  asks: "Whether the name that the host says in EHLO has an SPF record that lets the host pass: receivers check it for bounces, which have no other sender.",
  source: "RFC 7208, sections 2.3, 2.4 and 10.1.3",
  severity: "low",
  run: async (subject) => {
    const { domain, dns, expected } = subject;
    const hosts = await Promise.all(
      (await mailHosts(subject)).map(async ({ name, addresses: [ip = ""] }) => {
        const helo = await ehloName(subject, { name, address: ip });
        return { ip, helo, ...(await checkHost(dns, { ip, helo })) };
      }),
    );
    // The domain's own record is what other checks are about.
    const others = hosts.filter(({ helo }) => helo !== domain);
    if (others.length === 0) throw new NotApplicable(`The mail host is called ${domain} itself.`);
    const temporary = others.find(({ result }) => result === "temperror");
    if (temporary) throw new CannotCheck(`SPF of ${temporary.helo} can't be evaluated: ${temporary.reason}.`);
    const lines = others.map(({ ip, helo, result, reason }) => `${helo} [${ip}]: ${result}, ${reason}`);
    const bad = others.filter(({ result }) => result !== "pass");
    const [first] = bad;
    if (!first) return passed(`Each host passes under its own name.\n${lines.join("\n")}`);
    const remedy = `Publish ${[...new Set(bad.map(({ helo }) => txtLine(helo, "v=spf1 a -all")))].join("\n")}`;
    const evidence = `${first.helo} ${says(first)}.\n${lines.join("\n")}`;
    const sends = bad.some(({ ip, result }) => result !== "none" && expected?.addresses.includes(ip));
    return sends ? failed(evidence, remedy) : warning(evidence, remedy);
  },
};

/** What the host says in EHLO where it can be heard and is right; else its name in the MX record. */
async function ehloName(subject: Subject, host: { name: string; address: string }): Promise<string> {
  try {
    const { ehloName } = await hello(subject, host);
    const right = (await addressesOf(subject, ehloName)).includes(host.address);
    return right ? ehloName.toLowerCase() : host.name;
  } catch (error) {
    if (error instanceof CannotCheck) return host.name;
    throw error;
  }
}

function says({ result }: Pick<Verdict, "result">): string {
  if (result === "none") return "has no SPF record";
  return result === "permerror" ? "has a broken SPF record" : "has SPF that does not let the host pass";
}
