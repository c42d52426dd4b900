/**
 * Logs in over IMAPS and calls methods of imapflow one after the other, then says what each returned as JSON.
 * Run as a host on the simulated internet; what to do comes on standard input, as `Session`.
 */
import { text } from "node:stream/consumers";
import { ImapFlow } from "imapflow";

export interface Session {
  readonly host: string;
  readonly user: string;
  readonly password: string;
  /** `capabilities`, or a method and its arguments. */
  readonly steps: readonly (readonly [string, ...unknown[]])[];
}

async function main(): Promise<void> {
  const { host, user, password, steps }: Session = JSON.parse(await text(process.stdin));
  const auth = { user, pass: password };
  const client = new ImapFlow({ host, port: 993, secure: true, auth, logger: false });
  await client.connect();
  const results: unknown[] = [];
  for (const step of steps) results.push(await take(client, step));
  await client.logout();
  console.log(JSON.stringify(results, (_, value) => (typeof value === "bigint" ? Number(value) : value)));
}

async function take(client: ImapFlow, [method, ...args]: Session["steps"][number]): Promise<unknown> {
  if (method === "capabilities") return [...client.capabilities.keys()];
  const call = client[method as keyof ImapFlow] as (...args: unknown[]) => Promise<unknown>;
  try {
    const result = await call.apply(client, args);
    return result ?? null;
  } catch (error) {
    const { responseText, serverResponseCode, message } = error as Record<string, string | undefined>;
    return { refused: responseText ?? message, code: serverResponseCode };
  }
}

void main();
