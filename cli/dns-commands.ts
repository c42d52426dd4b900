import { dsText, parseDs } from "../local/dnssec";
import type { ShownRecord } from "../local/providers/cloudflare/dashboard";
import { accountLabel } from "../local/providers/cloudflare/scope";
import { oneArgument, UsageError, wholeNumber, wordsAndOptions } from "./arguments";
import type { Command } from "./command";
import { openSession } from "./session";

/** What is done by hand at Cloudflare and at the registrar, outside of any program. */
export const dnsCommands: Readonly<Record<string, Command>> = {
  zone: {
    synopsis: "zone NAME [--account LABEL] [--unsigned]",
    summary: "add a DNS zone to a Cloudflare account, the domain registered with DNSSEC or without",
    run: async (args, context) => {
      const { words, options } = wordsAndOptions(args, { account: "text", unsigned: "flag" });
      const name = oneArgument(words, "NAME, for example example.test");
      const { account } = options;
      if (account !== undefined && !accountLabel.test(account))
        throw new UsageError(`An account's label is lower-case letters and digits, not "${account}".`);
      await (await openSession(context)).control.addZone(name, options);
      console.log(
        account === undefined
          ? `The account has the zone ${name}.`
          : `The account ${account} has the zone ${name}. Its tokens begin with local-${account}- and have 40 to 80 characters.`,
      );
      return 0;
    },
  },
  registrar: {
    synopsis: "registrar NAME DS...|none",
    summary:
      "give the registrar of a zone its DS records, KEYTAG ALGORITHM DIGESTTYPE DIGEST, or take them away",
    run: async (args, context) => {
      const [zone, ...words] = args;
      if (zone === undefined || words.length === 0) throw new UsageError("Wanted is NAME and DS, or none.");
      const ds = words.join(" ") === "none" ? [] : parseDs(words.join(" ")).map(dsText);
      await (await openSession(context)).control.setDs(zone, ds);
      console.log(`The parent of ${zone} has ${ds.length > 0 ? `DS ${ds.join(", ")}` : "no DS"}.`);
      return 0;
    },
  },
  record: {
    synopsis: "record ZONE NAME TYPE CONTENT",
    summary:
      "make a DNS record by hand [--ttl N] [--priority N] [--proxied] [--comment TEXT]; --list ZONE; --delete ZONE ID",
    run: async (args, context) => {
      const { words, options } = wordsAndOptions(args, recordOptions);
      const { list, delete: remove, ...rest } = options;
      const wanted = remove ? ["ZONE", "ID"] : list ? ["ZONE"] : ["ZONE", "NAME", "TYPE", "CONTENT"];
      if (words.length !== wanted.length || (list && remove))
        throw new UsageError(`Wanted is ${wanted.join(" ")}.`);
      const [zone = "", name = "", type = "", content = ""] = words;
      const { ttl, priority, proxied, comment } = rest;
      const record = {
        ...{ name, type: type.toUpperCase(), content, proxied, comment },
        ttl: ttl === undefined ? undefined : wholeNumber(ttl, "--ttl"),
        priority: priority === undefined ? undefined : wholeNumber(priority, "--priority"),
      };
      const { control } = await openSession(context);
      if (remove) await control.deleteRecord(zone, name);
      else if (list) console.log(recordTable(await control.records(zone)));
      else console.log(recordTable([await control.addRecord(zone, record)]));
      return 0;
    },
  },
  "email-routing": {
    synopsis: "email-routing ZONE on|off",
    summary: "Cloudflare's Email Routing, which adds records and keeps them locked",
    run: async (args, context) => {
      const [zone, state, ...rest] = args;
      if (zone === undefined || (state !== "on" && state !== "off") || rest.length > 0)
        throw new UsageError('Wanted is ZONE and "on" or "off".');
      await (await openSession(context)).control.setEmailRouting(zone, state);
      console.log(`Email Routing of ${zone} is ${state}.`);
      return 0;
    },
  },
  age: {
    synopsis: "age DAYS",
    summary: "make all DNS records that much older, to rehearse what happens with time",
    run: async (args, context) => {
      const text = oneArgument(args, "DAYS, a positive number such as 90 or 0.5");
      const days = Number(text);
      if (!(days > 0 && Number.isFinite(days)))
        throw new UsageError(`"${text}" is no positive number of days.`);
      await (await openSession(context)).control.age(days);
      console.log(`All DNS records are ${text} days older.`);
      return 0;
    },
  },
};

const recordOptions = {
  list: "flag",
  delete: "flag",
  ttl: "text",
  priority: "text",
  proxied: "flag",
  comment: "text",
} as const;

/** One line for each record, columns as wide as they need. */
export function recordTable(records: readonly ShownRecord[]): string {
  const rows = records.map((record) => [
    record.id,
    record.name,
    record.type,
    record.ttl === 1 ? "auto" : String(record.ttl),
    record.priority === undefined || record.type !== "MX"
      ? record.content
      : `${record.priority} ${record.content}`,
    [record.proxied ? "proxied" : "", record.locked ? "locked" : ""].filter(Boolean).join(" "),
    record.comment ?? "",
    record.created,
  ]);
  if (rows.length === 0) return "no records";
  const table = [["ID", "NAME", "TYPE", "TTL", "CONTENT", "", "COMMENT", "CREATED"], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
