import type { Check } from "../../check";
import { addressesOf } from "../../mail-hosts";
import { CannotCheck, NotApplicable, passed, warning } from "../../outcome";
import { looksGenerated } from "../../reverse/generated-name";
import { reverseName, senders } from "../../reverse/senders";
import { hello } from "../../smtp/hello";

export const reverseEhlo: Check = {
  id: "reverse-ehlo",
  title: "The server calls itself what its address is called",
  asks: "Whether the name in the reply to EHLO is the name that the address has by its PTR record; filters hold a difference against the sender.",
  source: "RFC 5321 section 4.1.4; M3AAWG Sender Best Common Practices",
  severity: "medium",
  run: async (subject) => {
    const confirmed = (await senders(subject)).flatMap(({ names, ...sender }) => {
      const own = names.flatMap(({ name, confirmed }) =>
        confirmed && !looksGenerated(name, sender.address) ? [name] : [],
      );
      return own.length > 0 ? [{ ...sender, names: own }] : [];
    });
    // What is missing there, the other checks of this group tell.
    if (confirmed.length === 0)
      throw new NotApplicable("No address has a name that leads back to it and was given to it.");
    const unknown: CannotCheck[] = [];
    const heard = await Promise.all(
      confirmed.map(async ({ address, host, names }) => {
        try {
          const { ehloName } = await hello(subject, { name: host, address });
          const own = ehloName.toLowerCase().replace(/\.$/, "");
          // A name that is not the host's own at all is what smtp-ehlo tells.
          const real = names.includes(own) || (await addressesOf(subject, own)).includes(address);
          return real ? [{ address, own, names }] : [];
        } catch (error) {
          if (!(error instanceof CannotCheck)) throw error;
          unknown.push(error);
          return [];
        }
      }),
    );
    const different = heard.flat().filter(({ own, names }) => !names.includes(own));
    const [first] = different;
    if (first)
      return warning(
        different
          .map(
            ({ address, own, names }) =>
              `The server at ${address} calls itself ${own}, and its PTR record says ${names.join(", ")}.`,
          )
          .join("\n"),
        `Have the provider publish "${reverseName(first.address)}. PTR ${first.own}.", or let the server call itself ${first.names[0]} (Postfix: myhostname).`,
      );
    const [same] = heard.flat();
    if (same)
      return passed(
        heard
          .flat()
          .map(({ address, own }) => `${address} is ${own} both ways.`)
          .join("\n"),
      );
    throw unknown[0] ?? new NotApplicable("The servers give names that are not their own.");
  },
};
