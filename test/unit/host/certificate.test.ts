import { join } from "node:path";
import { describePython } from "./support/python";

describePython("the program that keeps the certificates", join(__dirname, "certificate"));
