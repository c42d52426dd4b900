import { join } from "node:path";
import { describePython } from "./support/python";

describePython("the agent", join(__dirname, "agent"));
