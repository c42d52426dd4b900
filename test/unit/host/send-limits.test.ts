import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { declaration, fileOf, partOf, render } from "./support/declaration";
import { describePython } from "./support/python";

describePython("the limits of what users send", join(__dirname, "send-limits"));

describe("the limits of what users send", () => {
  const declared = (changes: Parameters<typeof render>[0]) =>
    JSON.parse(fileOf(render(changes), "/etc/mailserver/send-limits.json"));
  const [alice, bob] = declaration.mailboxes;
  if (!alice || !bob) throw new Error("two mailboxes are needed");

  it("are 300 messages an hour and 2000 recipients a day for everybody, unless declared", () => {
    expect(declared({})).toMatchObject({
      everybody: { messagesPerHour: 300, recipientsPerDay: 2000 },
      users: {},
    });
  });

  it("are declared for all, and for single users, each of the two by itself", () => {
    expect(
      declared({
        sendLimits: { messagesPerHour: 50 },
        mailboxes: [alice, { ...bob, sendLimits: { messagesPerHour: undefined, recipientsPerDay: 7 } }],
      }),
    ).toMatchObject({
      everybody: { messagesPerHour: 50, recipientsPerDay: 2000 },
      users: { "bob@example.org": { messagesPerHour: 50, recipientsPerDay: 7 } },
    });
  });

  it("are asked on submission, before the message and after it, and nowhere else", () => {
    const master = fileOf(render(), "/etc/postfix/master.cf");
    const asked = /check_policy_service,unix:\/run\/mailserver-send-limits\.sock/g;
    expect(master.match(asked)).toHaveLength(4);
    expect(fileOf(render(), "/etc/postfix/main.cf")).not.toMatch(asked);
  });

  it("have their program started by its socket, which nobody but Postfix may use", () => {
    expect(partOf(render(), "send-limits").services).toEqual([
      { unit: "mailserver-send-limits.socket", onChange: "restart" },
    ]);
    const unit = fileOf(render(), "/etc/systemd/system/mailserver-send-limits.socket");
    expect(unit).toMatch(/^SocketUser=postfix\nSocketMode=0600$/m);
  });
});
