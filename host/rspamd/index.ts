import { readdirSync } from "node:fs";
import { join } from "node:path";
import { senders, tableText } from "../addresses";
import { type HostPart, part, publicFile, secretFile } from "../bundle";
import { clamdSocket } from "../clamav";
import type { DkimKey, DomainDeclaration, Greylisting, HostDeclaration } from "../declaration";
import { messageSizeOf } from "../message-size";
import { paths } from "../paths";
import { redisSocket } from "../redis";
import { asset, fill } from "../template";

const overrides = join(__dirname, "override.d");
const staticOverrides = readdirSync(overrides)
  .sort()
  .map((name) => publicFile(`/etc/rspamd/override.d/${name}`, asset(overrides, name)));
const compiler = asset(__dirname, "compile.lua");
const compilerPath = `${paths.programs}/rspamd-compile.lua`;
const reloader = asset(__dirname, "reload.sh");
const reloaderPath = `${paths.programs}/rspamd-reload.sh`;
const unit = fill(asset(__dirname, "rspamd.service.conf"), { compile: compilerPath, reload: reloaderPath });
const sections = asset(__dirname, "rspamd.conf.override");
const runnable = asset(__dirname, "runnable_attachments.map");
const rule = (name: string, content: string) => publicFile(`/etc/rspamd/lua.local.d/${name}`, content);
const rules = [
  "dmarc_results.lua",
  "dmarc_testing.lua",
  "hs_helper.lua",
  "own_from.lua",
  "redirected.lua",
].map((name) => rule(name, asset(__dirname, name)));
const scanner = rule("clamav.lua", fill(asset(__dirname, "clamav.lua"), { socket: clamdSocket }));

/**
 * Modules that ask a service on the internet about each message or load its lists. When such a list is out of
 * reach, or answers a large shared resolver with "listed", good mail is refused; each deserves to be chosen.
 */
const modulesThatAskOthers = ["asn", "fuzzy_check", "mid", "phishing", "whitelist"];
/** Redis alone turns these on: nobody looks at a history, nothing is limited here, and a neural network needs more mail. */
const modulesWithoutUse = ["history_redis", "neural", "ratelimit"];

const keys = "/etc/rspamd/dkim";

/** Shell commands that compile Rspamd's patterns before it first starts. */
export const rspamdWarmUp = `cat >/tmp/compile.lua <<'END'
${compiler}END
mkdir -p /var/cache/rspamd
rspamadm lua /tmp/compile.lua
chown -R _rspamd:_rspamd /var/cache/rspamd
rm /tmp/compile.lua
`;

/** The filter that judges incoming mail and signs outgoing mail (DKIM), as a milter of Postfix. */
export function renderRspamd(host: HostDeclaration): HostPart {
  const { domains, greylisting = "suspicious", dnsLists = true, antivirus = false } = host;
  return part("rspamd", {
    files: [
      ...staticOverrides,
      ...rules,
      ...(antivirus ? [scanner] : []),
      override("redis.conf", `servers = "${redisSocket}";\n`),
      override("actions.conf", actions[greylisting]),
      override("greylist.conf", greylist(greylisting)),
      publicFile("/etc/rspamd/rspamd.conf.override", fill(sections, { dnsLists: String(dnsLists) })),
      publicFile("/etc/rspamd/runnable_attachments.map", runnable),
      ...[...modulesThatAskOthers, ...modulesWithoutUse].map((module) =>
        override(`${module}.conf`, "enabled = false;\n"),
      ),
      publicFile("/etc/rspamd/senders.map", tableText(senders(host))),
      publicFile("/etc/rspamd/local.d/options.inc", greatMessages(messageSizeOf(host))),
      override("dkim_signing.conf", signing(domains)),
      ...domains.flatMap((domain) =>
        domain.dkim.map((key) => secretFile(keyPath(domain, key), keyFile(key), "_rspamd")),
      ),
      publicFile(compilerPath, compiler),
      publicFile(reloaderPath, reloader),
      publicFile("/etc/systemd/system/rspamd.service.d/mailserver.conf", unit),
    ],
    checks: [["rspamadm", "configtest", "--quiet"]],
    directories: [{ path: "/var/lib/rspamd", mode: "0750", owner: "_rspamd:_rspamd" }],
    // The new processes are there before the old ones stop taking mail, and these finish what they have begun: no
    // change of a key makes mail wait.
    services: [{ unit: "rspamd.service", onChange: "reload" }],
    ports: [{ port: 11332, tls: false, greeting: "" }],
  });
}

/** The greatest message is judged and signed as any other is, however long that takes. */
function greatMessages(bytes: number): string {
  return `max_message = ${bytes + 1_000_000};
# Of 50 MB, four seconds of a processor that has nothing else to do. What was not judged to the end is to come again.
task_timeout = 60s;
soft_reject_on_timeout = true;
`;
}

function override(name: string, content: string) {
  return publicFile(`/etc/rspamd/override.d/${name}`, content);
}

/** Scores from which on something is done, the highest that is reached. */
function thresholds(greylisting: string): string {
  return `# Mail is refused only when much speaks against it, and filed as spam when something does.
greylist = ${greylisting};
add_header = 6;
reject = 15;
`;
}

const actions: Readonly<Record<Greylisting, string>> = {
  never: thresholds("null"),
  suspicious: thresholds("4"),
  // Every message reaches it, so what is known decides alone.
  always: thresholds("-1000"),
};

/** Whoever comes again after five minutes, as every real mail server does, is known for a week after each message. */
function greylist(choice: Greylisting): string {
  if (choice === "never") return "enabled = false;\n";
  // What its domain vouches for (DMARC) comes from a real mail server; answers to users are expected.
  const known = choice === "always" ? ["REPLY", "DMARC_POLICY_ALLOW"] : ["REPLY"];
  return `expire = 7d;
whitelist_symbols = ${JSON.stringify(known)};
`;
}

function signing(domains: readonly DomainDeclaration[]): string {
  return `# Nobody sends under an address that is not theirs (own_from.lua), so here only the domain counts.
sign_authenticated = true;
sign_local = true;
allow_username_mismatch = true;
# The domain as it is in From, never the registered one above it: only declared domains have keys.
use_esld = false;
try_fallback = false;
domain {
${domains.map(domainBlock).join("")}}
`;
}

function domainBlock(domain: DomainDeclaration): string {
  const selectors = domain.dkim
    .filter(({ signs = true }) => signs)
    .map((key) => `      { selector = "${key.selector}"; path = "${keyPath(domain, key)}"; }\n`);
  return `  "${domain.name}" {\n    selectors [\n${selectors.join("")}    ]\n  }\n`;
}

function keyPath(domain: DomainDeclaration, key: DkimKey): string {
  return `${keys}/${domain.name}.${key.selector}.key`;
}

/**
 * Rspamd reads RSA keys as PEM, but an Ed25519 key as the base64 of its seed, which is the last 32 bytes of the
 * PKCS#8 structure (RFC 8410 section 7).
 */
function keyFile(key: DkimKey): string {
  if (key.algorithm === "rsa") return key.privateKeyPem;
  const der = Buffer.from(key.privateKeyPem.replaceAll(/-----[^-]+-----|\s/g, ""), "base64");
  return der.subarray(-32).toString("base64");
}
