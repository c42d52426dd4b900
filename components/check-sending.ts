import { one, type Problem, type Rule, wholeNumber } from "./rule";
import { sizeBetween } from "./size";

/** Limits of what users send, as far as they are known. */
export interface DeclaredSendLimits {
  readonly messagesPerHour?: number;
  readonly recipientsPerDay?: number;
}

export function checkSendLimits(path: string, limits: DeclaredSendLimits | undefined): Problem[] {
  return [
    ...one(`${path}.messagesPerHour`, limits?.messagesPerHour, messagesPerHour),
    ...one(`${path}.recipientsPerDay`, limits?.recipientsPerDay, recipientsPerDay),
  ];
}

// Zero would mean that nobody may send, which is mostly a mistake.
const messagesPerHour = wholeNumber(1, 100_000, "messages within an hour");
const recipientsPerDay = wholeNumber(1, 1_000_000, "recipients within a day");

/** The host holds a message in memory while it judges it, and what is larger than 150 MB hardly anybody takes. */
export const checkMessageSize: Rule<string> = sizeBetween("1 MB", "150 MB", "a message's greatest size");
