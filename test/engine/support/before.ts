import { beforeAll } from "vitest";
import { cacheDirectory } from "../../../local/locate";
import { ensurePulumi } from "../../../local/toolchain/pulumi";

// The first time it may have to be built, which takes minutes.
beforeAll(() => ensurePulumi(cacheDirectory()), 1_800_000);
