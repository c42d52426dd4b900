import type { Check } from "../../check";
import { judgeSettings } from "../../discovery/judge";
import { searchWeb } from "../../discovery/search";
import { type Autodiscovered, parseAutodiscover } from "../../discovery/settings";
import type { HttpAnswer } from "../../http";
import { mailHosts } from "../../mail-hosts";
import { type Finding, notChecked, passed, warning } from "../../outcome";
import type { Subject } from "../../subject";

type Content = Autodiscovered | "asks for a login";

export const discoveryAutodiscover: Check = {
  id: "discovery-autodiscover",
  title: "Outlook finds the domain's settings",
  asks: "Whether something answers where Outlook and phones ask for settings, and the servers that it names can be used, over TLS.",
  source: "Microsoft, Autodiscover for Exchange: POX response",
  severity: "low",
  run: async (subject) => {
    const { domain } = subject;
    const [host] = await mailHosts(subject);
    const found = await searchWeb(subject, await places(subject), { content: question(subject) }, read);
    if ("complaints" in found) {
      if (found.unasked) throw found.unasked;
      return warning(
        [`${domain} has no settings for Outlook.`, ...found.complaints].join("\n"),
        `Answer POST requests at https://autodiscover.${domain}/autodiscover/autodiscover.xml, with a trusted certificate, with settings that name ${host?.name} with port 993 (IMAP) and 465 (SMTP), both with SSL on.`,
      );
    }
    return judge(subject, found.answer, found.content);
  },
};

/** Where Outlook looks; the SRV record is its last resort. */
async function places({ domain, dns }: Subject): Promise<readonly string[]> {
  const path = "/autodiscover/autodiscover.xml";
  const { records } = await dns.query(`_autodiscover._tcp.${domain}`, "SRV");
  const named = records
    .filter(({ target }) => target !== "")
    .map(({ target, port }) => `https://${target}${port === 443 ? "" : `:${port}`}${path}`);
  return [`https://autodiscover.${domain}${path}`, `https://${domain}${path}`, ...named.slice(0, 2)];
}

function question({ domain, account }: Subject): { readonly type: string; readonly text: string } {
  const user = account?.user.endsWith(`@${domain}`) ? account.user : `postmaster@${domain}`;
  const schemas = "http://schemas.microsoft.com/exchange/autodiscover/outlook";
  const text = [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<Autodiscover xmlns="${schemas}/requestschema/2006"><Request>`,
    `<EMailAddress>${user.replace(/[<&>]/g, "")}</EMailAddress>`,
    `<AcceptableResponseSchema>${schemas}/responseschema/2006a</AcceptableResponseSchema>`,
    "</Request></Autodiscover>",
  ].join("");
  return { type: "text/xml; charset=utf-8", text };
}

function read({ status, body }: HttpAnswer): Content | undefined {
  if (status === 401) return "asks for a login";
  return status === 200 ? parseAutodiscover(body) : undefined;
}

async function judge(subject: Subject, answer: HttpAnswer, content: Content): Promise<Finding> {
  const { url, transcript } = answer;
  if (content === "asks for a login") return passed([`${url} asks for a login.`, ...transcript].join("\n"));
  if ("settings" in content)
    return judgeSettings(
      subject,
      answer,
      content.settings,
      "Name servers that listen, with SSL on (993, 465) or Encryption TLS (143, 587).",
    );
  const evidence = [`${url} ${content.other}.`, ...transcript].join("\n");
  return content.isError
    ? notChecked(evidence, "Ask for a user that exists: --account USER")
    : passed(evidence);
}
