import { localStack } from "../../../cli/stack";
import type { Cloud } from "./cloud";

export interface Login {
  readonly user: string;
  readonly password: string;
  readonly host: string;
}

/** The local stack's mailbox. */
export const alice: Login = { ...localStack.login, host: "mx1.example.test" };

/**
 * The number of messages whose subject is given, asked by curl over IMAPS with the certificate verified.
 * The password goes in by curl's configuration on standard input, so no process list shows it.
 */
export async function countBySubject(on: Cloud, login: Login, subject: string): Promise<number> {
  const config = [
    `url = "imaps://${login.host}/INBOX"`,
    `user = "${login.user}:${login.password}"`,
    `request = "SEARCH SUBJECT \\"${subject}\\""`,
  ].join("\n");
  const { code, stdout, stderr } = await on.internet(["curl", "--silent", "--show-error", "--config", "-"], {
    input: config,
  });
  if (code !== 0) throw new Error(`curl: exit status ${code}: ${stderr}`);
  return stdout.replace("* SEARCH", "").trim().split(/\s+/).filter(Boolean).length;
}
