import type { Answer, RecordData, RecordType } from "../dns/resolver";
import type { ExpectedRecord } from "../expected";
import { NotApplicable } from "../outcome";
import type { Subject } from "../subject";

/** The records of one name and type, as the stack declares them and as the world sees them. */
export interface Compared {
  readonly name: string;
  readonly type: string;
  readonly declared: readonly string[];
  readonly published: readonly string[];
}

/**
 * What the stack declares for the domain and for its host, beside what is published there.
 * @throws NotApplicable without a stack
 */
export function comparedRecords(subject: Subject): Promise<readonly Compared[]> {
  const { domain, expected } = subject;
  if (!expected) throw new NotApplicable("No stack says what is declared.");
  return subject.once(`stack records of ${domain}`, () => {
    const concerned = expected.records.filter(
      ({ name }) => name === domain || name.endsWith(`.${domain}`) || name === expected.hostname,
    );
    const sets = new Map<string, ExpectedRecord[]>();
    for (const record of concerned) {
      const key = `${record.name} ${record.type}`;
      sets.set(key, [...(sets.get(key) ?? []), record]);
    }
    return Promise.all(
      [...sets.values()].map(async (records) => {
        const [{ name, type } = { name: "", type: "" }] = records;
        const answer = await subject.dns.query(name, type as RecordType);
        return { name, type, declared: records.map(({ value }) => value), published: texts(type, answer) };
      }),
    );
  });
}

/** The data as `ExpectedRecord.value` has it. */
function texts(type: string, { records }: Answer): string[] {
  return records.map((record) => {
    switch (type) {
      case "TXT":
        return (record as RecordData["TXT"]).value;
      case "MX": {
        const { preference, exchange } = record as RecordData["MX"];
        return `${preference} ${exchange || "."}`;
      }
      case "SRV": {
        const { priority, weight, port, target } = record as RecordData["SRV"];
        return `${priority} ${weight} ${port} ${target || "."}`;
      }
      case "CAA": {
        const { flags, tag, value } = record as RecordData["CAA"];
        return `${flags} ${tag} "${value}"`;
      }
      case "TLSA": {
        const { usage, selector, matchingType, data } = record as RecordData["TLSA"];
        return `${usage} ${selector} ${matchingType} ${data}`;
      }
      default:
        return String(record);
    }
  });
}
