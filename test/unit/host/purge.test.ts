import { join } from "node:path";
import { expect, it } from "vitest";
import { fileOf, partOf, render } from "./support/declaration";
import { describePython } from "./support/python";

describePython("the deletion of mail", join(__dirname, "purge"));

it("is on a host only where there is something to delete", () => {
  expect(partOf(render(), "purge")).toMatchObject({ files: [], services: [] });
  const some = render({ purgedMailboxes: ["carol@example.test", "dan@gone.test"] });
  expect(fileOf(some, "/etc/mailserver/purged")).toBe("carol@example.test\ndan@gone.test\n");
  expect(partOf(some, "purge").services).toEqual([{ unit: "mailserver-purge.service", onChange: "restart" }]);
});
