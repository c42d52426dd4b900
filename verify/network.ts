import { connect, isIPv6, type Socket } from "node:net";
import { CannotCheck } from "./outcome";
import { semaphore } from "./semaphore";

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** The one way that checks reach a host by TCP. */
export interface Network {
  /**
   * @param options.probe only asks whether a port is open: gives up sooner, and does not wait for those who talk
   * @throws Unreachable
   */
  connect(to: Endpoint, options?: { readonly probe?: boolean }): Promise<Socket>;
  /** Certificate authorities to trust beside Node's own, PEM. */
  readonly authorities: readonly string[];
}

export type WhyUnreachable = "refused" | "timeout" | "no-route" | "rejected";

/**
 * No connection: `refused` is the host's own answer, `rejected` that of this machine's line in the host's name, the
 * others may be either's.
 */
export class Unreachable extends CannotCheck {
  constructor(
    readonly why: WhyUnreachable,
    { address, port }: Endpoint,
    patience = connectTimeout,
  ) {
    super(
      {
        refused: `${address} port ${port} refuses connections.`,
        timeout: `${address} port ${port} did not answer within ${patience / 1000} s.`,
        "no-route": `There is no way from here to ${address}.`,
        rejected: `This machine's line rejects connections to port ${port}, so whether ${address} takes them is not known.`,
      }[why],
      remedies(port)[why],
    );
  }
}

/** Milliseconds. */
const connectTimeout = 5_000;
/** Enough for one SYN to be sent again. */
const probeTimeout = 2_000;
/** Mail servers limit the connections of one client: Postfix to 50, Dovecot to 10 of one user. */
const connectionsAHost = 8;
/**
 * Addresses at which nobody is (RFC 7600 section 3, RFC 6666): who refuses in their name is on the way. Asked for port 25
 * alone, which networks block for their customers.
 */
const nobody = { 4: "192.0.0.8", 6: "100::25" } as const;

function remedies(port: number): Record<WhyUnreachable, string> {
  const elsewhere = "Run the same command on a machine of another network";
  const blocked = `Most home and cloud networks block outbound port 25. ${elsewhere} where it is open, or on the mail host's own provider.`;
  return {
    refused: "",
    rejected: blocked,
    timeout:
      port === 25
        ? blocked
        : `${elsewhere}; if it times out there too, open TCP port ${port} in the host's firewall.`,
    "no-route": `${elsewhere} that has this address family.`,
  };
}

/**
 * @param authorities PEM, to trust beside Node's own
 * @param dial how a connection is made, in so many milliseconds
 */
export function openNetwork(authorities: readonly string[] = [], dial = dialTcp): Network {
  const slots = new Map<string, ReturnType<typeof semaphore>>();
  const rejecting = new Map<4 | 6, Promise<boolean>>();

  const rejects = (family: 4 | 6) => {
    const kept = rejecting.get(family);
    if (kept) return kept;
    const asked = dial({ address: nobody[family], port: 25 }, probeTimeout).then(
      (socket) => {
        socket.destroy();
        return false;
      },
      (error: unknown) => error instanceof Unreachable && error.why === "refused",
    );
    rejecting.set(family, asked);
    return asked;
  };
  const reach = async (to: Endpoint, patience: number) => {
    try {
      return await dial(to, patience);
    } catch (error) {
      const refused = error instanceof Unreachable && error.why === "refused";
      if (refused && to.port === 25 && (await rejects(isIPv6(to.address) ? 6 : 4)))
        throw new Unreachable("rejected", to);
      throw error;
    }
  };

  return {
    authorities,
    connect: async (to, { probe = false } = {}) => {
      if (probe) return reach(to, probeTimeout);
      const slot = slots.get(to.address) ?? semaphore(connectionsAHost);
      slots.set(to.address, slot);
      const release = await slot();
      try {
        const socket = await reach(to, connectTimeout);
        socket.once("close", release);
        return socket;
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}

function dialTcp(to: Endpoint, patience: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: to.address, port: to.port, family: isIPv6(to.address) ? 6 : 4 });
    const fail = (why: WhyUnreachable) => {
      socket.destroy();
      reject(new Unreachable(why, to, patience));
    };
    const timer = setTimeout(() => fail("timeout"), patience);
    socket.once("connect", () => {
      clearTimeout(timer);
      socket.removeAllListeners("error");
      // Whoever uses the socket listens too; without any listener an error would end the process.
      socket.on("error", () => {});
      resolve(socket);
    });
    socket.once("error", ({ code }: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      fail(code === "ECONNREFUSED" || code === "ECONNRESET" ? "refused" : reason(code));
    });
  });
}

function reason(code: string | undefined): WhyUnreachable {
  return code === "ETIMEDOUT" ? "timeout" : "no-route";
}
