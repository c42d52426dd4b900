import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type KeyPolicy, type LiveKey, type PlannedKey, planKeys, STAGE_DAYS } from "../../../records";

const day = 86_400_000;
const start = Date.parse("2026-01-01T00:00:00Z");
const on = (days: number) => new Date(start + days * day);
const live = (...since: [generation: number, day: number][]): LiveKey[] =>
  since.map(([generation, days]) => ({ generation, since: on(days) }));
const stages = (policy: KeyPolicy, keys: LiveKey[], days: number) =>
  planKeys(policy, keys, on(days)).map(({ generation, stage }) => `${generation} ${stage}`);

describe("the keys of a domain", () => {
  it("are two from the beginning: one that signs, and the next, which is published ahead", () => {
    expect(stages({}, [], 0)).toEqual(["1 signing", "2 published"]);
  });

  it("stay the same while nothing is asked for", () => {
    expect(stages({}, live([1, 0], [2, 0]), 3650)).toEqual(["1 signing", "2 published"]);
  });

  it("are exchanged when the epoch is raised, and no sooner than the next one is known everywhere", () => {
    const keys = live([1, 0], [2, 0]);
    expect(stages({ epoch: 2 }, keys, STAGE_DAYS - 0.1)).toEqual(["1 signing", "2 published"]);
    expect(stages({ epoch: 2 }, keys, STAGE_DAYS)).toEqual(["1 retired", "2 signing", "3 published"]);
  });

  it("are exchanged by the calendar when that is asked for", () => {
    const keys = live([1, 0], [2, 0]);
    expect(stages({ rotateEvery: 180 }, keys, 179)).toEqual(["1 signing", "2 published"]);
    expect(stages({ rotateEvery: 180 }, keys, 180)).toEqual(["1 retired", "2 signing", "3 published"]);
  });

  it("are withdrawn when nothing that they signed is on its way any more", () => {
    const keys = live([1, 0], [2, 0], [3, 180]);
    expect(stages({}, keys, 180 + STAGE_DAYS - 0.1)).toEqual(["1 retired", "2 signing", "3 published"]);
    expect(stages({}, keys, 180 + STAGE_DAYS)).toEqual(["1 removed", "2 signing", "3 published"]);
    expect(stages({}, live([2, 0], [3, 180]), 180 + STAGE_DAYS)).toEqual(["2 signing", "3 published"]);
  });

  it("of a domain that comes later begin with the epoch of that day", () => {
    expect(stages({ epoch: 7 }, [], 0)).toEqual(["7 signing", "8 published"]);
  });
});

/** Days for which a message may be on its way: Postfix's maximal_queue_lifetime, and an hour of caches. */
const IN_FLIGHT = 5 + 1 / 24;

/** What happens to a stack: days pass, somebody changes the declaration, and runs, some of which break off. */
type Event =
  | { readonly kind: "pass"; readonly days: number }
  | { readonly kind: "declare"; readonly policy: KeyPolicy }
  | { readonly kind: "up"; readonly steps: number };

const policy: fc.Arbitrary<KeyPolicy> = fc.record(
  { epoch: fc.integer({ min: 1, max: 9 }), rotateEvery: fc.integer({ min: 12, max: 400 }) },
  { requiredKeys: [] },
);
const pass = fc.record({
  kind: fc.constant("pass" as const),
  // Around the lengths of the stages as often as anywhere.
  days: fc.oneof(
    fc.constantFrom(0.1, 1, 4, 4.9, 5, 5.9, 6, 6.1, 12),
    fc.double({ min: 0, max: 30, noNaN: true }),
    fc.double({ min: 0, max: 500, noNaN: true }),
  ),
});
const declare = fc.record({ kind: fc.constant("declare" as const), policy });
const up = fc.record({ kind: fc.constant("up" as const), steps: fc.constantFrom(1, 2, 3, 4, 4, 4, 4) });
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 5, arbitrary: pass },
  { weight: 1, arbitrary: declare },
  { weight: 5, arbitrary: up },
);

/** The world as the components change it: the order of the steps is theirs. */
class World {
  now = 0;
  policy: KeyPolicy = {};
  readonly dns = new Map<number, number>();
  host: readonly PlannedKey[] = [];
  /** When something was last signed with a generation. */
  readonly signed = new Map<number, number>();

  pass(days: number): void {
    this.sign();
    this.now += days;
    this.sign();
  }

  /** @param steps after which the run breaks off; four are all */
  up(steps: number): void {
    const found = [...this.dns].map(([generation, since]) => ({ generation, since: on(since) }));
    const planned = planKeys(this.policy, found, on(this.now));
    const ofStage = (...wanted: string[]) => planned.filter(({ stage }) => wanted.includes(stage));
    const publish = (keys: readonly PlannedKey[]) => {
      for (const { generation } of keys) if (!this.dns.has(generation)) this.dns.set(generation, this.now);
    };
    const todo = [
      () => publish(ofStage("signing", "retired")),
      () => {
        this.sign();
        this.host = planned;
        this.sign();
      },
      () => publish(ofStage("published")),
      () => {
        const kept = ofStage("signing", "retired", "published").map(({ generation }) => generation);
        for (const generation of this.dns.keys()) if (!kept.includes(generation)) this.dns.delete(generation);
      },
    ];
    for (const step of todo.slice(0, steps)) {
      step();
      this.check();
    }
  }

  /** At every moment a message may be handed in. */
  private sign(): void {
    for (const { generation, stage } of this.host)
      if (stage === "signing") this.signed.set(generation, this.now);
  }

  private check(): void {
    for (const [generation, last] of this.signed) {
      if (this.now - last <= IN_FLIGHT)
        expect(this.dns.has(generation), `key ${generation} is looked up`).toBe(true);
    }
    const first = Math.min(...this.signed.keys());
    const signing = this.host.filter(({ stage }) => stage === "signing");
    if (this.host.length > 0) expect(signing).toHaveLength(1);
    for (const { generation } of signing) {
      // Nobody can have cached that the very first key is not there.
      if (generation === first) continue;
      const known = this.now - (this.dns.get(generation) ?? this.now);
      expect(known, `key ${generation} was published ahead`).toBeGreaterThan(STAGE_DAYS - 0.001);
    }
    if (this.host.length === 0) return;
    const onHost = this.host.map(({ generation }) => generation);
    for (const generation of this.dns.keys())
      expect(onHost, `the host has key ${generation}`).toContain(generation);
  }
}

describe("an exchange of keys", () => {
  it("leaves no signature without its published key, and no published key without its private half, whatever is run when", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60, size: "max" }), (events) => {
        const world = new World();
        for (const each of events) {
          if (each.kind === "pass") world.pass(each.days);
          else if (each.kind === "declare") world.policy = each.policy;
          else world.up(each.steps);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("is over in the end, however it was interrupted: a run every week comes to rest", () => {
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 30, size: "max" }),
        fc.integer({ min: 1, max: 9 }),
        (events, epoch) => {
          const world = new World();
          for (const each of events) {
            if (each.kind === "pass") world.pass(each.days);
            else if (each.kind === "up") world.up(each.steps);
          }
          world.policy = { epoch };
          for (let week = 0; week < 40; week++) {
            world.up(4);
            world.pass(7);
          }
          const [signing, next, ...rest] = world.host;
          expect([signing?.stage, next?.stage, rest]).toEqual(["signing", "published", []]);
          expect(signing?.generation).toBeGreaterThanOrEqual(epoch);
          expect([...world.dns.keys()].sort()).toEqual([signing?.generation, next?.generation].sort());
        },
      ),
    );
  });
});
