import { beforeAll } from "vitest";
import { tellHostLog } from "../../system/support/host-log";
import { local } from "./server";
import { start } from "./start";

// The first time it builds images and waits for a first boot.
beforeAll(start, 1_800_000);
tellHostLog(local);
