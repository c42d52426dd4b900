import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../local/run";
import type { Cloud } from "../../test/system/support/cloud";

/** Haraka on the mail host itself, in place of its Postfix: the same processors, disk, resolver and mailboxes. */
export interface Haraka {
  start(): Promise<void>;
  stop(): Promise<void>;
}

const version = "3.3.4";
const home = "/opt/haraka";

/** What comes nearest to the host's own checks; those that ask about each message on the internet are in neither. */
const plugins = [
  "fcrdns",
  "helo.checks",
  "tls",
  "auth/flat_file",
  "mail_from.is_resolvable",
  "spf",
  "rcpt_to.in_host_list",
  "attachment",
  "bounce",
  "dkim",
  "headers",
  "queue/lmtp",
];

/** @param users who may submit, with their passwords */
export async function installHaraka(
  local: Cloud,
  users: readonly { readonly user: string; readonly password: string }[],
): Promise<Haraka> {
  const dir = mkdtempSync(join(tmpdir(), "mailserver-haraka-"));
  const onHost = async (script: string, input?: Buffer) => {
    const { code, stdout, stderr } = await local.on("mx1", ["sh", "-euc", script], { input });
    if (code !== 0) throw new Error(`${script}\n${stdout}${stderr}`);
    return stdout;
  };
  try {
    const packages = ["install", "--prefix", dir, "--no-audit", "--no-fund", `haraka@${version}`];
    await run(["npm", ...packages], { timeout: 300_000 });
    cpSync(process.execPath, join(dir, "node"));
    const files = { ...configuration, "auth_flat_file.ini": authentication(users) };
    // As `haraka --install` begins: what a file of its configuration leaves out has no default.
    cpSync(join(dir, "node_modules/haraka/config"), join(dir, "config"), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, "config", name), text);
    const archive = join(dir, "archive.tar");
    await run(["tar", "--create", "--file", archive, "--directory", dir, "node", "node_modules", "config"]);
    await onHost(`mkdir -p ${home} && tar -x -C ${home}`, readFileSync(archive));
  } finally {
    rmSync(dir, { recursive: true });
  }
  await onHost(`
    cd ${home}/config
    openssl pkey -in /etc/mailserver/tls/pair.pem -out tls_key.pem
    sed -n '/BEGIN CERTIFICATE/,$p' /etc/mailserver/tls/pair.pem >tls_cert.pem
    mkdir -p dkim/example.test
    cp /etc/rspamd/dkim/example.test.rsa1.key dkim/example.test/private
    echo rsa1 >dkim/example.test/selector`);
  return {
    start: async () => {
      await onHost(`
        systemctl stop postfix
        systemd-run --quiet --collect --unit haraka --property KillSignal=SIGKILL --working-directory ${home} \\
          ${home}/node node_modules/haraka/bin/haraka -c ${home}
        until bash -c 'exec 3<>/dev/tcp/127.0.0.1/465' 2>/dev/null; do sleep 0.1; done`);
    },
    stop: async () => {
      await onHost("systemctl stop haraka; systemctl start postfix");
    },
  };
}

const configuration = {
  plugins: `${plugins.join("\n")}\n`,
  me: "mx1.example.test\n",
  host_list: "example.test\n",
  "smtp.ini": "listen=[::0]:25,[::0]:465\nnodes=cpus\n",
  "tls.ini": "key=tls_key.pem\ncert=tls_cert.pem\n",
  "log.ini": "level=warn\n",
  "lmtp.ini": "[main]\npath=/run/dovecot/postfix-lmtp\n",
  "dkim.ini": "[sign]\nenabled=true\n[verify]\nenabled=true\n",
  // A process each; with more of them waiting at its socket, Dovecot's LMTP server turns them away.
  "outbound.ini": "enable_tls=false\nconcurrency_max=10\n",
};

function authentication(users: readonly { readonly user: string; readonly password: string }[]): string {
  return `[core]\nmethods=PLAIN\n[users]\n${users.map(({ user, password }) => `${user}=${password}\n`).join("")}`;
}
