import type { HttpAnswer } from "../http";
import { type Finding, failed, passed, warning } from "../outcome";
import type { Subject } from "../subject";
import { describeServer, faultsOf } from "./server";
import type { Settings } from "./settings";

/** Bounds what a file with many servers costs. */
const serverLimit = 12;

/** Whether mail programs get anywhere with the settings that they find. */
export async function judgeSettings(
  subject: Subject,
  { url, transcript }: HttpAnswer,
  { incoming, outgoing, problems }: Settings,
  remedy: string,
): Promise<Finding> {
  const servers = [...incoming, ...outgoing].slice(0, serverLimit);
  const faults = await faultsOf(subject, servers);
  const [first, ...more] = [...problems, ...faults.map(({ text }) => text)];
  if (first === undefined)
    return passed([`${url} names ${servers.map(describeServer).join(", ")}.`, ...transcript].join("\n"));
  const isFailure = problems.length > 0 || faults.some(({ outcome }) => outcome === "failed");
  return (isFailure ? failed : warning)(
    [`The settings at ${url} lead nowhere: ${first}`, ...more, ...transcript].join("\n"),
    remedy,
  );
}
