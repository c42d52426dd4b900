import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adoptionProblems, type Place, publications } from "../../../components/adoption";
import { keyMark } from "../../../components/owner";
import {
  type AdoptionChoice,
  type DnsRecord,
  type ExistingRecord,
  mailDomainRecords,
  ZoneContents,
} from "../../../records";
import { choices, plan } from "../records/support/plans";

const mark = "pulumi-mailserver mailserver/production/mail-example.org";
const asThere =
  (comment: string) =>
  ({ name, type, ttl, content, priority }: DnsRecord): ExistingRecord => ({
    zoneId: "zone-org",
    id: `id-of-${name}`,
    ...{ name, type, ttl, content, priority, comment },
    proxied: false,
    createdOn: "2026-01-01T00:00:00Z",
  });
const place = (there: readonly ExistingRecord[], existing?: Record<string, AdoptionChoice>): Place => ({
  zoneId: "zone-org",
  contents: new ZoneContents(there),
  marks: { now: mark },
  existing,
});
const records = choices.map((chosen) => mailDomainRecords(plan(chosen)));
const paths = (problems: readonly { readonly path: string }[]) => problems.map(({ path }) => path);

describe("any domain's records", () => {
  it("are in nobody's way where this component has made what is there, whatever it said before", () => {
    fc.assert(
      fc.property(
        records,
        records,
        fc.constantFrom(mark, keyMark({ now: mark }, 2)),
        (before, now, comment) => {
          const there = place(Object.values(before).map(asThere(comment)));
          expect(adoptionProblems("existing", now, there)).toEqual([]);
          expect(publications(now, there).map(([role, { adopted }]) => [role, adopted])).toEqual(
            Object.keys(now).map((role) => [role, undefined]),
          );
        },
      ),
    );
  });

  it.each([
    "",
    "by hand",
    "pulumi-mailserver mailserver/staging/mail-example.org",
    `${mark}.uk`,
    `${mark} key`,
  ])("are in the way of the same ones of another owner, each by its name: %j", (comment) => {
    fc.assert(
      fc.property(records, (own) => {
        const there = place(Object.values(own).map(asThere(comment)));
        expect(paths(adoptionProblems("existing", own, there))).toEqual(
          Object.keys(own).map((role) => `existing.${role}`),
        );
      }),
      { numRuns: 20 },
    );
  });

  it("are all published once each of the others' is decided on, but for those that are left", () => {
    const decided = records.chain((own) =>
      fc.record({
        own: fc.constant(own),
        existing: fc.record(
          Object.fromEntries(
            Object.keys(own).map((role) => [
              role,
              fc.constantFrom<AdoptionChoice[]>("leave", "adopt", "replace"),
            ]),
          ),
        ),
      }),
    );
    fc.assert(
      fc.property(decided, ({ own, existing }) => {
        const others = Object.values(own).map((record) => ({ ...asThere("")(record), ttl: 77 }));
        const there = place(others, existing);
        expect(adoptionProblems("existing", own, there)).toEqual([]);
        const made = Object.fromEntries(publications(own, there));
        expect(Object.keys(made)).toEqual(Object.keys(own).filter((role) => existing[role] !== "leave"));
        for (const [role, { record, adopted, comment }] of Object.entries(made)) {
          const kept = existing[role] === "adopt";
          expect(adopted).toEqual({ id: `zone-org/id-of-${record.name}`, kept });
          expect([record.ttl, comment]).toEqual([kept ? 77 : own[role]?.ttl, mark]);
        }
      }),
    );
  });

  it("are not compared with anything while the zone is not known", () => {
    const own = mailDomainRecords(plan());
    const there = { ...place(Object.values(own).map(asThere(""))), zoneId: Promise.resolve("zone-org") };
    expect(adoptionProblems("existing", own, there)).toEqual([]);
  });
});

describe("a decision on a record that is not published", () => {
  it("is named, with those that are", () => {
    const own = { spf: mailDomainRecords(plan()).spf as DnsRecord };
    expect(adoptionProblems("domains[0].existing", own, place([], { spff: "leave" }))).toEqual([
      { path: "domains[0].existing.spff", got: "a record that is not published", wants: "one of spf" },
    ]);
  });

  it("is taken where it is about the MX of a domain in the shadow", () => {
    const own = mailDomainRecords(plan({ hasMx: false }));
    expect(adoptionProblems("existing", own, place([], { mx: "leave" }))).toEqual([]);
  });
});
