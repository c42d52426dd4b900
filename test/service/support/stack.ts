import { internet } from "../../../local/context";
import { correspondentAddress } from "../../../local/internet/correspondent";
import { bcryptOf } from "./passwords";

/** The mailboxes beside alice's, with their passwords. */
export const people = {
  bob: { user: "bob@example.test", password: "bob-service-only", host: "mx1.example.test" },
  carol: { user: "carol@example.test", password: "carol-service-only", host: "mx1.example.test" },
  /** May do nothing but submit. */
  robot: { user: "robot@example.test", password: "robot-service-only", host: "mx1.example.test" },
  /** Of another domain, whose unknown addresses are all hers. */
  dora: { user: "dora@second.test", password: "dora-service-only", host: "mx1.example.test" },
  /** May send three messages an hour. */
  limited: { user: "limited@example.test", password: "limited-service-only", host: "mx1.example.test" },
  /** May write to five recipients a day. */
  writer: { user: "writer@example.test", password: "writer-service-only", host: "mx1.example.test" },
  /** Writes filters. */
  sieve: { user: "sieve@example.test", password: "sieve-service-only", host: "mx1.example.test" },
  /** Has a mailbox of 2 MB. */
  quota: { user: "quota@example.test", password: "quota-service-only", host: "mx1.example.test" },
  /** Is only read, searched and logged in to. */
  reader: { user: "reader@example.test", password: "reader-service-only", host: "mx1.example.test" },
  /** Moves mail in and out of Junk. */
  junk: { user: "junk@example.test", password: "junk-service-only", host: "mx1.example.test" },
} as const;

/** Carol's further passwords. */
export const appPasswords = { phone: "carol-phone-only", laptop: "carol-laptop-only" } as const;

/** What those are called whose name the tests look for. */
export const displayNames = { quota: "Jörg Füllhorn, Archiv", limited: "Lee Limited" } as const;

/** A domain with a catch-all. */
export const secondDomain = "second.test";

/** A further password of the one who may send three messages an hour. */
export const limitedPhone = "limited-phone-only";

/** Twenty who send at once. */
export const senders = Array.from({ length: 20 }, (_, i) => ({
  user: `sender${i}@example.test`,
  password: `sender${i}-service-only`,
}));

/**
 * What the tests of the mail service declare beyond the local stack: everything that a team may declare, once, so
 * that all of them share one server.
 */
export function declare(config: Record<string, unknown>): void {
  const mailboxes = config["mailserver:mailboxes"] as object[];
  mailboxes.push(
    {
      address: people.bob.user,
      passwordHash: bcryptOf(people.bob.password),
      sendLimits: { recipientsPerDay: 10_000 },
    },
    {
      address: people.carol.user,
      passwordHash: bcryptOf(people.carol.password),
      appPasswords: Object.entries(appPasswords).map(([name, password]) => ({
        name,
        passwordHash: bcryptOf(password),
      })),
    },
    {
      address: people.robot.user,
      sendOnly: true,
      appPasswords: [{ name: "monitoring", passwordHash: bcryptOf(people.robot.password) }],
    },
    { address: people.dora.user, passwordHash: bcryptOf(people.dora.password) },
    {
      address: people.limited.user,
      displayName: displayNames.limited,
      passwordHash: bcryptOf(people.limited.password),
      appPasswords: [{ name: "phone", passwordHash: bcryptOf(limitedPhone) }],
      sendLimits: { messagesPerHour: 3 },
    },
    {
      address: people.writer.user,
      passwordHash: bcryptOf(people.writer.password),
      sendLimits: { recipientsPerDay: 5 },
    },
    ...senders.map(({ user, password }) => ({ address: user, passwordHash: bcryptOf(password) })),
  );
  const domains = config["mailserver:domains"] as object[];
  domains.push({ name: secondDomain, catchAll: people.dora.user });
  config["mailserver:aliases"] = [
    { address: "sales@example.test", targets: [people.bob.user] },
    { address: "team@example.test", targets: ["sales@example.test", people.carol.user] },
    { address: "lists@example.test", targets: ["bob+lists@example.test"] },
    { address: "away@example.test", targets: [correspondentAddress] },
    { address: "gone@example.test", targets: ["nobody@peer.test"] },
    { address: "both@example.test", targets: [people.bob.user, correspondentAddress] },
  ];
  config["mailserver:aliasesOutside"] = "true";
  config["mailserver:alarmTopic"] = "arn:aws:sns:us-east-1:123456789012:mail";
  config["mailserver:metricsCidrs"] = [`${internet.stranger}/32`];
  // The tests' usual address on the internet fails at logins by the dozen; bans have addresses of their own.
  config["mailserver:banAllow"] = [`${internet.stranger}/32`, `${internet.ipv6.stranger}/128`];
  config["mailserver:sshCidrs"] = ["203.0.113.64/28"];
  const { sieve, quota, reader, junk } = people;
  for (const { user, password } of [sieve, quota, reader, junk])
    mailboxes.push({
      address: user,
      passwordHash: bcryptOf(password),
      ...(user === quota.user ? { quota: "2 MB", displayName: displayNames.quota } : {}),
    });
  config["mailserver:quota"] = "1 GB";
}
