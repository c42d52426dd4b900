import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { program } from "../../local/program";
import { eventually, root } from "../system/support/cloud";
import { countBySubject } from "../system/support/imap";
import { local } from "./support/server";
import { people } from "./support/stack";

const { user, password, host } = people.bob;
const limit = 50_000_000;

async function transfer(port: number, bytes: number, ...announced: "announced"[]) {
  const script = program(join(root, "test/service/support/transfer.ts"), host, String(port), user);
  const { code, stdout, stderr } = await local.internet([...script, String(bytes), ...announced], {
    env: { MAILSERVER_PASSWORD: password },
  });
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as { limit: number; response: string };
}

describe.each([25, 465, 587])("the size of a message on port %i", (port) => {
  it("may be exactly what is declared and announced, and the message arrives", async () => {
    const subject = `exactly ${limit} bytes`;
    const before = await countBySubject(local, people.bob, subject);
    const sent = await transfer(port, limit, "announced");
    expect(sent).toEqual({ limit, response: expect.stringMatching(/^250 /) });
    await eventually(
      () => countBySubject(local, people.bob, subject),
      (count) => count === before + 1,
    );
  });

  it("may not be a byte more, which is refused before the transfer when the client tells the size", async () => {
    const { response } = await transfer(port, limit + 1, "announced");
    expect(response).toMatch(/^552 5\.3\.4 Message size exceeds/);
  });

  it("may not be a byte more when the client does not tell either", async () => {
    const { response } = await transfer(port, limit + 1);
    expect(response).toMatch(/^552 5\.3\.4 /);
  });
});
