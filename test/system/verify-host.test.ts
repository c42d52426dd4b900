import { describe } from "vitest";
import { hostFaults, webFaults } from "./support/faults/host";
import { tryFaults } from "./support/faults/try";

describe("mailserver verify, of a host's settings", () => {
  tryFaults([...hostFaults, ...webFaults]);
});
