import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/** Cloudflare takes 100 characters; a key's number may follow. */
const MAX_MARK = 80;

/**
 * What the comment of every record of a component says, in Cloudflare's dashboard too: which stack's it is. By it the
 * component knows its own records from those of others.
 * @param name of the component
 */
export function ownerMark(name: string): string {
  const mark = `pulumi-mailserver ${pulumi.getProject()}/${pulumi.getStack()}/${name}`;
  if (mark.length <= MAX_MARK) return mark;
  const digest = createHash("sha256").update(mark).digest("hex").slice(0, 12);
  return `${mark.slice(0, MAX_MARK - digest.length - 1)}~${digest}`;
}

/** The comment of a record that is one of several generations of keys. */
export function keyMark(mark: string, generation: number): string {
  return `${mark} key ${generation}`;
}

/** The generation that a comment made by {@link keyMark} names; undefined for any other comment. */
export function markedGeneration(mark: string, comment: string): number | undefined {
  const rest = comment.startsWith(`${mark} key `) ? comment.slice(mark.length + 5) : "";
  return /^[1-9]\d*$/.test(rest) ? Number(rest) : undefined;
}

/** Whether a record with this comment was made by the component with this mark. */
export function isOwn(mark: string, comment: string): boolean {
  return comment === mark || markedGeneration(mark, comment) !== undefined;
}
