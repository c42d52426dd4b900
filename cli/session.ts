import type { CloudContext } from "../local/context";
import {
  type CloudStatus,
  type Control,
  connectControl,
  controlSocket,
  NotRunningError,
} from "../local/control";

/** A local cloud that runs, as the commands use it. */
export interface Session {
  readonly context: CloudContext;
  readonly control: Control;
  readonly status: CloudStatus;
}

/** @returns undefined when the cloud does not run */
export async function findSession(context: CloudContext): Promise<Session | undefined> {
  const control = connectControl(controlSocket(context));
  try {
    return { context, control, status: await control.status() };
  } catch (error) {
    if (error instanceof NotRunningError) return undefined;
    throw error;
  }
}

/** @throws in words for the user when the cloud does not run */
export async function openSession(context: CloudContext): Promise<Session> {
  const session = await findSession(context);
  if (session) return session;
  throw new Error(`The local cloud "${context.name}" does not run. Start it with "npm start".`);
}
