import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isOwn,
  keyMark,
  type Marks,
  markedGeneration,
  markedOwner,
  ownerMarks,
} from "../../../components/owner";

async function mark(project: string, stack: string, name: string, former?: string): Promise<Marks> {
  await pulumi.runtime.setMocks(
    { newResource: ({ inputs }) => ({ id: "", state: inputs }), call: ({ inputs }) => inputs },
    project,
    stack,
  );
  return ownerMarks(name, former);
}

/** As Pulumi takes them for projects and stacks: letters, digits, hyphens, underscores and dots, 100 at most. */
const pulumiName = fc.stringMatching(/^[A-Za-z0-9_.-]{1,100}$/);
/** Of a component: its own name, and often a domain. */
const componentName = fc.stringMatching(/^[a-z]{1,8}(-[a-z0-9-]{1,60}(\.[a-z0-9-]{1,60}){1,3})?$/);
const component = fc.tuple(pulumiName, pulumiName, componentName);
/** Up to what the configuration takes, and what a yearly exchange adds in a thousand years. */
const generation = fc.integer({ min: 1, max: 10_999 });

const mail: Marks = { now: "pulumi-mailserver a/b/mail" };

describe("the comment of a record", () => {
  it("says which component's it is", async () => {
    const comment = "pulumi-mailserver mailserver/production/mail-example.org";
    expect(await mark("mailserver", "production", "mail-example.org")).toEqual({ now: comment });
    const owner = { stack: "mailserver/production", component: "mail-example.org" };
    expect([comment, `${comment} key 2`].map(markedOwner)).toEqual([owner, owner]);
  });

  it("names the generation of a key", () => {
    expect(keyMark(mail, 2)).toBe("pulumi-mailserver a/b/mail key 2");
    expect(markedGeneration(mail, "pulumi-mailserver a/b/mail key 2")).toBe(2);
  });

  it.each([
    "",
    "pulumi-mailserver a/b/mail",
    "pulumi-mailserver a/b/mail key",
    "pulumi-mailserver a/b/mail key 0",
    "pulumi-mailserver a/b/mail key 02",
    "pulumi-mailserver a/b/mail key 2 ",
    "pulumi-mailserver a/b/mail key two",
    "pulumi-mailserver a/b/mail-example.org key 2",
    "see pulumi-mailserver a/b/mail key 2",
  ])("names no generation by %j", (comment) => {
    expect(markedGeneration(mail, comment)).toBeUndefined();
  });

  it("fits what Cloudflare takes, 100 characters, with any names and any generation", async () => {
    await fc.assert(
      fc.asyncProperty(component, generation, async (names, number) => {
        const own = await mark(...names);
        expect(own.now.length).toBeLessThanOrEqual(100);
        expect(keyMark(own, number).length).toBeLessThanOrEqual(100);
        expect(markedGeneration(own, keyMark(own, number))).toBe(number);
      }),
    );
  });

  it("is the component's own, and no other component's, however long and alike the names are", async () => {
    // Alike: of each name there are two, which differ at the end only.
    const alike = (name: fc.Arbitrary<string>) =>
      fc.tuple(name, fc.constantFrom("", "a", "-1")).map((parts) => parts.join(""));
    const pair = component.chain((names) => {
      const [project, stack, name] = names.map((each) => alike(fc.constant(each)));
      return fc.tuple(
        fc.constant(names),
        fc.tuple(project as typeof pulumiName, stack as typeof pulumiName, name as typeof pulumiName),
      );
    });
    await fc.assert(
      fc.asyncProperty(pair, generation, async ([a, b], number) => {
        const [ours, theirs] = [await mark(...a), await mark(...b)];
        const same = a.every((name, i) => name === b[i]);
        expect(isOwn(ours, ours.now)).toBe(true);
        expect(isOwn(ours, keyMark(ours, number))).toBe(true);
        expect(ours.now === theirs.now).toBe(same);
        expect(isOwn(ours, theirs.now)).toBe(same);
        expect(isOwn(ours, keyMark(theirs, number))).toBe(same);
      }),
    );
  });

  it("is still the component's own under the name that the stack had before, its keys too", async () => {
    const renamed = await mark("mailserver", "production", "mail", "mailserver/prod");
    expect(isOwn(renamed, "pulumi-mailserver mailserver/prod/mail")).toBe(true);
    expect(markedGeneration(renamed, "pulumi-mailserver mailserver/prod/mail key 3")).toBe(3);
    expect(isOwn(renamed, "pulumi-mailserver mailserver/prod/mail-example.org")).toBe(false);
    expect(keyMark(renamed, 4)).toBe("pulumi-mailserver mailserver/production/mail key 4");
  });
});
