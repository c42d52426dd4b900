import { beforeAll } from "vitest";
import { tellHostLog } from "./host-log";
import { shared } from "./shared";
import { start } from "./start";

// The first time it builds images and waits for a first boot.
beforeAll(start, 1_800_000);
tellHostLog(shared);
