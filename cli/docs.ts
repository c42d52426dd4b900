import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { recordTable } from "./record-table";
import { checkTable } from "./verify/table";

/** Writes those pages of `docs/` that are made from the code. */
const docs = join(__dirname, "../docs");
writeFileSync(join(docs, "checks.md"), checkTable());
writeFileSync(join(docs, "records.md"), recordTable());
