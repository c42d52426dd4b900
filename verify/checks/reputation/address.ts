import { isIPv6 } from "node:net";
import type { Check } from "../../check";
import { judgeReputation } from "../../reputation/judge";
import { addressLists } from "../../reputation/lists";
import { reversed, senderAddresses } from "../../reverse/senders";

export const reputationAddress: Check = {
  id: "reputation-address",
  title: "No block list has the mail hosts' addresses",
  asks: "Whether the lists that receivers ask about a sender's address know it as a source of spam: they refuse its mail then.",
  source: "RFC 5782; Spamhaus ZEN, Barracuda, SpamCop, PSBL, UCEPROTECT",
  severity: "high",
  run: async (subject) => {
    const addresses = [...(await senderAddresses(subject)).keys()];
    return judgeReputation(
      subject,
      addressLists,
      addresses.map((address) => ({ name: address, label: reversed(address), ipv6: isIPv6(address) })),
    );
  },
};
