import type { RunResult } from "../../../local/run";
import type { Login } from "../../system/support/imap";
import { local } from "./server";

/** Manages a user's scripts with sieve-connect, which verifies the certificate; each line is one of its commands. */
export function sieveConnect(
  login: Login,
  commands: readonly string[],
  files: Files = {},
): Promise<RunResult> {
  const script = [
    'cd "$(mktemp -d)"',
    ...Object.entries(files).map(([name, content]) => `printf %s ${quote(content)} >${quote(name)}`),
    `printf '%s\\n' ${commands.map(quote).join(" ")} >commands`,
    `exec sieve-connect --server ${login.host} --user ${login.user} --passwordfd 0 --tlscafile "$SSL_CERT_FILE" --exec commands`,
  ].join("\n");
  return local.internet(["sh", "-ec", script], { input: `${login.password}\n` });
}

type Files = Readonly<Record<string, string>>;

/** Makes a script the user's active one. */
export async function filter(login: Login, script: string): Promise<void> {
  const result = await sieveConnect(login, ["upload filter.sieve", "activate filter.sieve"], {
    "filter.sieve": script,
  });
  if (result.code !== 0) throw new Error(`sieve-connect: ${result.stdout}${result.stderr}`);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
