import { describe, expect, it } from "vitest";
import { countBySubject } from "../system/support/imap";
import { answer, copies, elsewhere, sent, stranger } from "./support/mail";
import { local } from "./support/server";
import { people, secondDomain } from "./support/stack";

const from = ["--from", "someone@stranger.test"] as const;

describe("mail to an alias", () => {
  it("is delivered to the mailbox that it leads to", async () => {
    const subject = await sent(stranger, ...from, "--to", "sales@example.test");
    expect(await copies(people.bob, subject)).toBe(1);
  });

  it("is delivered once to each of many, over other aliases, with an extension and in capitals too", async () => {
    const subject = await sent(stranger, ...from, "--to", "Team+press@example.test");
    expect(await copies(people.bob, subject)).toBe(1);
    expect(await copies(people.carol, subject)).toBe(1);
  });

  it("is delivered once to somebody whom it reaches on two ways", async () => {
    const subject = await sent(
      stranger,
      ...from,
      "--to",
      "team@example.test,sales@example.test,bob@example.test",
    );
    expect(await copies(people.carol, subject)).toBe(1);
    expect(await copies(people.bob, subject)).toBe(1);
  });

  it("is taken for postmaster@, abuse@ and hostmaster@ of every domain and of the host", async () => {
    for (const name of ["postmaster", "abuse", "hostmaster"])
      for (const domain of ["example.test", secondDomain, "mx1.example.test"])
        expect(
          await answer(stranger(...from, "--to", `${name}@${domain}`, "--quit-after", "RCPT")),
          `${name}@${domain}`,
        ).toMatch(/^250 /);
  });

  it("is delivered inside and elsewhere if both are its targets", async () => {
    const subject = await sent(stranger, ...from, "--to", "both@example.test");
    expect(await copies(people.bob, subject)).toBe(1);
    expect((await elsewhere.received({ subject })).raw).toMatch(/^Envelope-to: bob@peer\.test$/m);
  });
});

describe("mail to an address with an extension", () => {
  it("is delivered to the mailbox before it, though nobody has declared the extension", async () => {
    const subject = await sent(stranger, ...from, "--to", "bob+anything.at-all@example.test");
    expect(await copies(people.bob, subject)).toBe(1);
  });

  it("is delivered to a mailbox in a domain with a catch-all", async () => {
    const subject = await sent(stranger, ...from, "--to", "dora+news@second.test");
    expect(await copies(people.dora, subject)).toBe(1);
  });
});

describe("mail to an address that there is not", () => {
  it("is refused at RCPT", async () => {
    const said = await answer(stranger(...from, "--to", "nobody@example.test", "--quit-after", "RCPT"));
    expect(said).toMatch(/^550 5\.1\.1 .*nobody@example\.test/);
  });

  it("is delivered to whom the domain's catch-all names, and to nobody else", async () => {
    const subject = await sent(stranger, ...from, "--to", `no.such-name@${secondDomain}`);
    expect(await copies(people.dora, subject)).toBe(1);
    expect(await countBySubject(local, people.bob, subject)).toBe(0);
  });

  it("is not caught where somebody has the address", async () => {
    const subject = await sent(stranger, ...from, "--to", `postmaster@${secondDomain},bob@example.test`);
    expect(await copies(people.bob, subject)).toBe(1);
    expect(await countBySubject(local, people.dora, subject)).toBe(0);
  });
});
