import { createHash, X509Certificate } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type IssuedCertificate, openAuthority } from "../../../local/authority";
import { locateCloud } from "../../../local/locate";
import { program } from "../../../local/program";
import { eventually, root } from "../../system/support/cloud";
import type { Posted, Received, Receivers } from "./receivers";
import { local } from "./server";

/** A domain of a stranger with a mail server, mx.DOMAIN, whose authority everybody trusts. */
export interface Stranger {
  readonly domain: string;
  /** Of the certificate of its mail server. @default that server's own name */
  readonly certificateFor?: string;
  /** The mail servers that its MTA-STS policy has. @default none, without a policy */
  readonly sts?: string;
  /** @default enforce */
  readonly stsMode?: "enforce" | "testing";
  /** Its server's TLSA record: of its certificate, of another one, or one that nobody can look up. @default none */
  readonly tlsa?: "right" | "wrong" | "unanswered";
  /** Whether its signatures don't fit the keys that its parent knows, as if somebody had forged them. @default false */
  readonly bogus?: boolean;
  /** Where it wants reports on TLS sent: a URI, mailto: or https: of its own mta-sts host. @default nowhere */
  readonly reports?: string;
}

/** Where strangers' servers are: addresses that nobody else on the simulated internet has. */
const addressOf = (index: number) => `203.0.113.${100 + index}`;
const webAddress = "203.0.113.99";

/** Puts the strangers on the simulated internet: zones, certificates and servers. */
export async function receive(strangers: readonly Stranger[]) {
  const dir = mkdtempSync(join(tmpdir(), "mailserver-strangers-"));
  const authority = await openAuthority(join(locateCloud(root, local.name).dir, "authority"));
  const mail = [];
  for (const [index, stranger] of strangers.entries()) {
    const issued = await authority.issue([stranger.certificateFor ?? `mx.${stranger.domain}`]);
    mail.push({ address: addressOf(index), ...issued });
    await publish(stranger, addressOf(index), issued);
  }
  const withPolicy = strangers.filter(({ sts }) => sts !== undefined);
  const web = {
    address: webAddress,
    ...(await authority.issue(withPolicy.map(({ domain }) => `mta-sts.${domain}`))),
    policies: Object.fromEntries(
      withPolicy.map(({ domain, sts, stsMode = "enforce" }) => [
        `mta-sts.${domain}`,
        `version: STSv1\r\nmode: ${stsMode}\r\nmx: ${sts}\r\nmax_age: 604800\r\n`,
      ]),
    ),
  };
  const marker = join(dir, "listening");
  const receivers: Receivers = { mail, web, marker, folder: dir };
  const file = join(dir, "receivers");
  writeFileSync(file, JSON.stringify(receivers));
  const script = program(join(root, "test/service/support/receivers.ts"), file);
  const ended = local.internet(script, { timeout: 3_600_000 });
  const failed = ended.then(({ stdout, stderr }) => `${stdout}${stderr}`);
  await eventually(
    async () => existsSync(marker) || Promise.race([failed, new Promise((tick) => setTimeout(tick, 200))]),
    (there) => {
      if (typeof there === "string") throw new Error(`the strangers' servers have ended: ${there}`);
      return there === true;
    },
  );
  const kept = <T>(kind: string) =>
    readdirSync(dir)
      .filter((name) => name.endsWith(`.${kind}`))
      .map((name) => JSON.parse(readFileSync(join(dir, name), "utf8")) as T);
  return {
    /** What was delivered to an address so far. */
    mailTo: (address: string): Received[] => kept<Received>("mail").filter(({ to }) => to.includes(address)),
    /** What was posted to a URL so far. */
    postedTo: (url: string): Posted[] => kept<Posted>("post").filter((posted) => posted.url === url),
    end: async () => {
      process.kill(Number(readFileSync(marker, "utf8")));
      await ended;
      rmSync(dir, { recursive: true });
    },
  };
}

async function publish(
  { domain, sts, tlsa, bogus, reports }: Stranger,
  address: string,
  issued: IssuedCertificate,
) {
  const command = async (...args: string[]) => {
    const { code, stdout, stderr } = await local.local(args);
    if (code !== 0 && !/already|identical/.test(stdout + stderr)) throw new Error(stdout + stderr);
  };
  const record = (name: string, type: string, content: string, ...more: string[]) =>
    command("record", domain, name, type, content, ...more);
  await command("zone", domain);
  await record(`mx.${domain}`, "A", address);
  await record(domain, "MX", `mx.${domain}`, "--priority", "10");
  if (sts !== undefined) {
    await record(`mta-sts.${domain}`, "A", webAddress);
    await record(`_mta-sts.${domain}`, "TXT", '"v=STSv1; id=1"');
  }
  if (reports !== undefined) await record(`_smtp._tls.${domain}`, "TXT", `"v=TLSRPTv1; rua=${reports}"`);
  if (tlsa === "unanswered") await record(`_tcp.mx.${domain}`, "NS", "nowhere.peer.test");
  else if (tlsa !== undefined) {
    const key = new X509Certificate(issued.certPem).publicKey.export({ type: "spki", format: "der" });
    const text = tlsa === "right" ? key : Buffer.from("another key");
    await record(`_25._tcp.mx.${domain}`, "TLSA", `3 1 1 ${createHash("sha256").update(text).digest("hex")}`);
  }
  if (bogus) await command("registrar", domain, `1 13 2 ${"00".repeat(32)}`);
}
