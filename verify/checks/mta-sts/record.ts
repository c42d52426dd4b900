import type { Check } from "../../check";
import { publishedRecords, wantedRecord } from "../../mta-sts/published";
import { failed, passed } from "../../outcome";
import { problemLines } from "../../tag-list";

export const mtaStsRecord: Check = {
  id: "mta-sts-record",
  title: "The MTA-STS record is one, and right",
  asks: "Whether there is a single record in the form that senders read, with an id of at most 32 letters and digits. They ignore MTA-STS otherwise.",
  source: "RFC 8461 section 3.1",
  severity: "medium",
  run: async (subject) => {
    const records = await publishedRecords(subject);
    const texts = records.map(({ text }) => `_mta-sts.${subject.domain}. TXT "${text}"`).join("\n");
    if (records.length > 1)
      return failed(
        `_mta-sts.${subject.domain} has ${records.length} MTA-STS records, so senders ignore them all.\n${texts}`,
        `Leave one record: ${wantedRecord(subject)}`,
      );
    const problems = records.flatMap((record) => record.problems);
    if (problems.length > 0)
      return failed(
        `Senders can't read the MTA-STS record: ${problemLines(problems)}\n${texts}`,
        `Publish in its place: ${wantedRecord(subject)}`,
      );
    return passed(texts);
  },
};
