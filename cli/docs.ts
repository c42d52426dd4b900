import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkTable } from "./verify/table";

/** Writes those pages of `docs/` that are made from the code. */
writeFileSync(join(__dirname, "../docs/checks.md"), checkTable());
