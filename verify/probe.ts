import type { Endpoint } from "./network";
import type { Subject } from "./subject";

/**
 * Whether a port that many hosts leave closed is open, found out once in a run and without the long wait of a real
 * connection: many firewalls don't answer.
 * @throws Unreachable
 */
export function probePort(subject: Subject, { address, port }: Endpoint): Promise<void> {
  return subject.once(`whether ${address} port ${port} is open`, async () => {
    const socket = await subject.network.connect({ address, port }, { probe: true });
    socket.destroy();
  });
}
