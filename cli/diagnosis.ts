import { run } from "../local/run";
import { onMachine } from "./inside";
import type { Session } from "./session";

interface QueuedMessage {
  readonly queue_name: string;
  readonly recipients: readonly { readonly address: string; readonly delay_reason?: string }[];
}

/** What holds mail back on the host, a sentence for each reason; empty when nothing does. */
export async function explainStuckMail(session: Session, host: string): Promise<string[]> {
  const { outboundPort25, droppedPort25 } = await session.control.status();
  const blocked = outboundPort25 === "blocked" && droppedPort25 > 0;
  return [
    ...(await queueReasons(session, host)),
    ...(blocked ? [`The account's outbound port 25 is blocked. Open it: npm run local -- port25 open`] : []),
  ];
}

/** postqueue(1) prints a JSON object a line. */
async function queueReasons(session: Session, host: string): Promise<string[]> {
  const { stdout } = await run(await onMachine(session, host, ["postqueue", "-j"]));
  const queue = stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as QueuedMessage);
  const reasons = queue.flatMap(({ recipients, queue_name }) =>
    recipients.map(
      ({ address, delay_reason }) =>
        `In the ${queue_name} queue for ${address}: ${delay_reason ?? "no reason yet"}`,
    ),
  );
  return [...new Set(reasons)];
}
