import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/** Cloudflare takes 100 characters; a key's number may follow. */
const MAX_MARK = 80;

/** By whom records are made: the comment of each, in Cloudflare's dashboard too, says which stack's it is. */
export interface Marks {
  /** Of the records that are made now. */
  readonly now: string;
  /** Of those that were made before the stack was renamed. */
  readonly former?: string;
}

/**
 * What a component's own records are known by.
 * @param name of the component
 * @param formerStack what the stack was called before, `project/stack`
 */
export function ownerMarks(name: string, formerStack?: string): Marks {
  return {
    now: mark(ownStack(), name),
    former: formerStack === undefined ? undefined : mark(formerStack, name),
  };
}

function mark(stack: string, name: string): string {
  const text = `pulumi-mailserver ${stack}/${name}`;
  if (text.length <= MAX_MARK) return text;
  const digest = createHash("sha256").update(text).digest("hex").slice(0, 12);
  return `${text.slice(0, MAX_MARK - digest.length - 1)}~${digest}`;
}

/** The comment of a record that is one of several generations of keys. */
export function keyMark(marks: Marks, generation: number): string {
  return `${marks.now} key ${generation}`;
}

/** The generation that a comment made by {@link keyMark} names; undefined for any other comment. */
export function markedGeneration({ now, former }: Marks, comment: string): number | undefined {
  for (const mark of [now, former]) {
    const rest =
      mark !== undefined && comment.startsWith(`${mark} key `) ? comment.slice(mark.length + 5) : "";
    if (/^[1-9]\d*$/.test(rest)) return Number(rest);
  }
  return undefined;
}

/** Whether a record with this comment is the component's own. */
export function isOwn(marks: Marks, comment: string): boolean {
  return comment === marks.now || comment === marks.former || markedGeneration(marks, comment) !== undefined;
}

/** The stack, `project/stack`, and the component in it that a comment of any such component names. */
export function markedOwner(comment: string): { stack: string; component: string } | undefined {
  const [, stack, component] =
    /^pulumi-mailserver ([\w.-]+\/[\w.-]+)\/(.+?)(?: key \d+)?$/.exec(comment) ?? [];
  return stack === undefined || component === undefined ? undefined : { stack, component };
}

/** This stack, `project/stack`. */
export function ownStack(): string {
  return `${pulumi.getProject()}/${pulumi.getStack()}`;
}
