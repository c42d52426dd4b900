import { discoveryAutodiscover } from "../../../../verify/checks/discovery/autodiscover";
import { describeCheck } from "../support/world";
import { account, autodiscovered, userWorld } from "./support";

const path = "/autodiscover/autodiscover.xml";
const telling = (content: string) => userWorld({ pages: { [path]: autodiscovered(content) } });

describeCheck(discoveryAutodiscover, [
  {
    when: "the settings are there",
    world: () => telling(account()),
    outcome: "passed",
    evidence: /names mx\.example\.com port 993.*C: POST https:\/\/autodiscover\.example\.com/s,
  },
  {
    when: "an SRV record leads to them",
    world: () =>
      userWorld({
        pages: { [path]: autodiscovered(account()) },
        webNames: ["settings.example.net"],
        zone: {
          "autodiscover.example.com A": [],
          "_autodiscover._tcp.example.com SRV": ["0 0 443 settings.example.net"],
          "settings.example.net A": ["192.0.2.2"],
        },
      }),
    outcome: "passed",
  },
  {
    when: "Exchange asks for a login",
    world: () =>
      userWorld({ pages: { [path]: { status: 401, headers: { "www-authenticate": "Negotiate" } } } }),
    outcome: "passed",
    evidence: /asks for a login/,
  },
  {
    when: "the answer refers to another address",
    world: () =>
      telling("<Account><Action>redirectAddr</Action><RedirectAddr>a@example.net</RedirectAddr></Account>"),
    outcome: "passed",
    evidence: /refers to a@example\.net/,
  },
  {
    when: "there is nothing",
    world: () => userWorld(),
    outcome: "warning",
    evidence: /no settings for Outlook.*Status 404/s,
    remedy: /https:\/\/autodiscover\.example\.com\/autodiscover\/autodiscover\.xml/,
  },
  {
    when: "the settings name a port that is closed",
    world: () => telling(account(143)),
    outcome: "failed",
    evidence: /port 143 \(192\.0\.2\.1\) is closed/,
  },
  {
    when: "the settings do without TLS",
    world: () => telling(account(993, "<Port>25</Port><SSL>off</SSL>")),
    outcome: "failed",
    evidence: /mx\.example\.com port 25 without TLS/,
  },
  {
    when: "the answer is that there is no such user",
    world: () => telling("<Error><ErrorCode>500</ErrorCode><Message>Unknown user</Message></Error>"),
    outcome: "not-checked",
    evidence: /answers with an error: Unknown user/,
    remedy: /--account/,
  },
  {
    when: "the web server does not answer from here",
    world: () => userWorld({ world: { listeners: { "192.0.2.2:443": "timeout" } } }),
    outcome: "not-checked",
  },
  {
    when: "the server for submission is down, which is another check's",
    world: () =>
      userWorld({
        pages: { [path]: autodiscovered(account()) },
        world: { listeners: { "192.0.2.1:465": "refused" } },
      }),
    outcome: "passed",
  },
]);
