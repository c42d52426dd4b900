import type { Check } from "../../check";
import { destinations, permissionOf } from "../../dmarc/destinations";
import { failed, NotApplicable, passed } from "../../outcome";
import { txtLine } from "../../tag-list";

export const dmarcExternal: Check = {
  id: "dmarc-external",
  title: "Others agree to take the DMARC reports",
  asks: "Whether each report address outside the domain's organization is permitted by a record of its host. Without it no reports are sent there.",
  source: "RFC 9990, section 4",
  severity: "medium",
  run: async (subject) => {
    const external = (await destinations(subject)).filter((each) => each.external && each.receives);
    if (external.length === 0) throw new NotApplicable("No reports go to another organization.");
    const answers = await Promise.all(
      external.map(async (each) => ({ ...each, ...(await permissionOf(subject, each)) })),
    );
    const refused = answers.filter(({ granted }) => !granted);
    if (refused.length > 0)
      return failed(
        refused
          .map(
            ({ host, uris, permission }) =>
              `${host} does not agree to take the reports for ${uris.join(", ")}: no DMARC record at ${permission}.`,
          )
          .join("\n"),
        `Have this published there, or use another address:\n${refused.map(({ permission }) => txtLine(permission, "v=DMARC1")).join("\n")}`,
      );
    const astray = answers.find(({ elsewhere }) => elsewhere.length > 0);
    if (astray)
      return failed(
        `${astray.host} sends the reports on to ${astray.elsewhere.join(", ")}, which receivers must not follow: they send none.`,
        `Have the record there name no other host: ${txtLine(astray.permission, "v=DMARC1")}`,
      );
    return passed(`Permitted: ${answers.map(({ permission }) => permission).join(", ")}.`);
  },
};
