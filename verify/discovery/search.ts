import { askWeb, type HttpAnswer, type HttpQuestion, NoAddress, NotHttp } from "../http";
import { Unreachable } from "../network";
import { CannotCheck } from "../outcome";
import type { Subject } from "../subject";
import { HandshakeFailed } from "../tls/connect";

/** Where something was found on the web, or why at each of the places it was not. */
export type Found<T> =
  | { readonly answer: HttpAnswer; readonly content: T }
  | { readonly complaints: readonly string[]; readonly unasked?: CannotCheck };

/** Redirects that mail programs follow. */
const redirects = 3;

/**
 * Asks several places side by side, as a mail program does one after the other, and takes the first that has it.
 * @param read undefined when an answer is not what was looked for; otherwise what it holds
 */
export async function searchWeb<T>(
  subject: Subject,
  urls: readonly string[],
  question: HttpQuestion,
  read: (answer: HttpAnswer) => T | undefined,
): Promise<Found<T>> {
  const answers = await Promise.allSettled(
    urls.map((url) => askWeb(subject, url, { redirects, ...question })),
  );
  const complaints: string[] = [];
  let unasked: CannotCheck | undefined;
  for (const [index, result] of answers.entries()) {
    const url = urls[index] ?? "";
    if (result.status === "rejected") {
      const error: unknown = result.reason;
      if (!(error instanceof CannotCheck)) throw error;
      if (!isAbsence(error)) unasked ??= error;
      complaints.push(`${url}: ${error.message}`);
      continue;
    }
    const answer = result.value;
    // Mail programs ignore what comes under a certificate that they don't trust.
    const content = answer.certificateError ? undefined : read(answer);
    if (content !== undefined) return { answer, content };
    const why = answer.certificateError
      ? `The certificate ${answer.certificateError}.`
      : `Status ${answer.status}, and no settings in it.`;
    complaints.push(`${url}: ${why}`);
  }
  return { complaints, unasked };
}

/** Whether nobody finds anything there, rather than only this machine. */
function isAbsence(error: CannotCheck): boolean {
  if (error instanceof Unreachable) return error.why === "refused";
  return error instanceof NoAddress || error instanceof NotHttp || error instanceof HandshakeFailed;
}
