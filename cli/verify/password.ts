import { askHidden } from "../prompt";

/**
 * The account's password, from MAILSERVER_PASSWORD or typed at a prompt that does not show it.
 * @throws where there is neither
 */
export async function askPassword(user: string): Promise<string> {
  const given = process.env.MAILSERVER_PASSWORD;
  if (given) return given;
  if (!process.stdin.isTTY)
    throw new Error(
      `The password of ${user} is wanted: set MAILSERVER_PASSWORD, or run this on a terminal, which asks for it.`,
    );
  return askHidden(`Password of ${user}: `);
}
