import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import { describe, expect, it } from "vitest";
import type { Check } from "../../../../verify/check";
import { type Endpoint, type Network, Unreachable, type WhyUnreachable } from "../../../../verify/network";
import type { Finding, Outcome } from "../../../../verify/outcome";
import { memory, type Subject } from "../../../../verify/subject";
import { judge } from "../../../../verify/verify";
import { type Zone, type ZoneOptions, zoneResolver } from "./zone";

export interface World extends Partial<Omit<Subject, "dns" | "network" | "once">>, ZoneOptions {
  readonly zone?: Zone;
  /** `address:port` (an IPv6 address in brackets), and what listens there; everything else refuses connections. */
  readonly listeners?: Readonly<Record<string, Server | WhyUnreachable>>;
  /** PEM. */
  readonly authorities?: readonly string[];
}

/** A world of its own for a check: it sees nothing but this. The servers must listen on the loopback already. */
export function subjectIn(world: World): Subject {
  const { zone = {}, listeners = {}, authorities = [], ...others } = world;
  const { security, broken, denied, unanswered, nameServers, validates, ...rest } = others;
  return {
    domain: "example.com",
    now: new Date("2026-11-24T12:00:00Z"),
    dkimSelectors: [],
    ...rest,
    dns: zoneResolver(zone, { security, broken, denied, unanswered, nameServers, validates }),
    network: network(listeners, authorities),
    once: memory(),
  };
}

function network(listeners: NonNullable<World["listeners"]>, authorities: readonly string[]): Network {
  return {
    authorities,
    connect: async (to: Endpoint) => {
      const name = `${to.address.includes(":") ? `[${to.address}]` : to.address}:${to.port}`;
      const server = listeners[name] ?? "refused";
      if (typeof server === "string") throw new Unreachable(server, to);
      return new Promise<Socket>((resolve, reject) => {
        const socket = connect((server.address() as AddressInfo).port, "127.0.0.1", () => resolve(socket));
        socket.on("error", reject);
      });
    },
  };
}

export interface Case {
  /** What this world is like, in an operator's words. */
  readonly when: string;
  readonly world: World | (() => World | Promise<World>);
  readonly outcome: Outcome;
  /** What the evidence must name. */
  readonly evidence?: RegExp;
  /** What the remedy must name. */
  readonly remedy?: RegExp;
}

/** Shows that a check tells a good world from a bad one; there must be at least one of each. */
export function describeCheck(check: Check, cases: readonly Case[]): void {
  describe(`the check ${check.id}`, () => {
    it("is shown a world where it passes and one where it does not", () => {
      const seen = cases.map(({ outcome }) => outcome);
      expect(seen).toContain("passed");
      expect(seen.some((outcome) => outcome === "failed" || outcome === "warning")).toBe(true);
    });
    for (const { when, world, outcome, evidence = /./, remedy } of cases)
      it(`${outcome} when ${when}`, async () => {
        const finding: Finding = await judge(
          check,
          subjectIn(typeof world === "function" ? await world() : world),
        );
        expect(finding).toMatchObject({ outcome, evidence: expect.stringMatching(evidence) });
        if (outcome === "failed" || outcome === "warning" || remedy)
          expect(finding.remedy).toMatch(remedy ?? /\w{3}/);
      });
  });
}
