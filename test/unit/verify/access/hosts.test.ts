import { describe, expect, it } from "vitest";
import { accessHost } from "../../../../verify/access-hosts";
import { subjectIn } from "../support/world";
import type { Zone } from "../support/zone";

const mail: Zone = {
  "example.com MX": ["10 mail.example.com"],
  "mail.example.com A": ["192.0.2.10"],
  "users.example.com A": ["192.0.2.20"],
  "old.example.com A": ["192.0.2.30"],
};
const hostIn = (zone: Zone, service: Parameters<typeof accessHost>[1]) =>
  accessHost(subjectIn({ zone: { ...mail, ...zone } }), service);

describe("where users log in", () => {
  it("is the mail host when the domain says nothing", async () => {
    expect(await hostIn({}, "imaps")).toEqual({
      name: "mail.example.com",
      address: "192.0.2.10",
      port: 993,
      declared: false,
      withdrawn: false,
    });
  });

  it("is where the SRV record of the lowest priority leads, with its port", async () => {
    const records = ["20 1 993 old.example.com", "10 1 1993 users.example.com"];
    expect(await hostIn({ "_imaps._tcp.example.com SRV": records }, "imaps")).toMatchObject({
      name: "users.example.com",
      address: "192.0.2.20",
      port: 1993,
      declared: true,
    });
  });

  it("is the next target where one has no address", async () => {
    const records = ["10 1 993 nowhere.example.com", "20 1 993 old.example.com"];
    expect(await hostIn({ "_imaps._tcp.example.com SRV": records }, "imaps")).toMatchObject({
      name: "old.example.com",
    });
  });

  it("is for a service without a record of its own the host of the one like it, on the port that is usual", async () => {
    const zone = { "_imaps._tcp.example.com SRV": ["0 1 1993 users.example.com"] };
    expect(await hostIn(zone, "imap")).toMatchObject({
      name: "users.example.com",
      port: 143,
      declared: true,
    });
    expect(await hostIn(zone, "sieve")).toMatchObject({ name: "users.example.com", port: 4190 });
    expect(await hostIn(zone, "submissions")).toMatchObject({ name: "mail.example.com", declared: false });
  });

  it("is known too of a service that the domain says it does not offer", async () => {
    const zone = {
      "_submissions._tcp.example.com SRV": ["0 1 465 users.example.com"],
      "_submission._tcp.example.com SRV": ["0 0 0 ."],
    };
    expect(await hostIn(zone, "submission")).toEqual({
      name: "users.example.com",
      address: "192.0.2.20",
      port: 587,
      declared: true,
      withdrawn: true,
    });
  });
});
