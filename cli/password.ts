import { text } from "node:stream/consumers";
import { hash, truncates } from "bcryptjs";
import { flag } from "./arguments";
import { askHidden } from "./prompt";

const usage = `Usage: mailserver password

Prints the hash of a password as the configuration takes it. It asks for the
password twice, without showing it; where standard input is no terminal, the
password is what is read from it, one line. Nothing else is written anywhere.`;

/** A guess takes a quarter of a second at 12, and so does a login. */
const rounds = 12;
/** Whoever wants to guess is kept off after some guesses; a hash that got out can be tried by the billion. */
const minLength = 12;
const strongLength = 16;

/** `mailserver password`: the hash of a password on standard output, and nothing else there. */
export async function passwordCommand(args: readonly string[]): Promise<number> {
  const [help] = flag(args, "help");
  if (help) {
    console.log(usage);
    return 0;
  }
  const password = process.stdin.isTTY ? await typedTwice() : lineOf(await text(process.stdin));
  refuseWeak(password);
  if ([...password].length < strongLength)
    console.error(
      `Longer is stronger: four or more random words have ${strongLength} characters and are quickly typed.`,
    );
  console.log(await hashOf(password));
  return 0;
}

/** As Dovecot writes it; of bcrypt's names $2y$ is the one that every crypt(3) knows. */
export async function hashOf(password: string): Promise<string> {
  return `{BLF-CRYPT}${(await hash(password, rounds)).replace(/^\$2b\$/, "$2y$")}`;
}

/** @throws where the configuration would be better off without it */
export function refuseWeak(password: string): void {
  const { length } = [...password];
  if (length === 0) throw new Error("The password is empty.");
  if (length < minLength)
    throw new Error(`The password has ${length} characters; wanted are at least ${minLength}.`);
  if (new Set(password).size < 5) throw new Error("The password repeats the same few characters.");
  if (truncates(password))
    throw new Error("The password is longer than 72 bytes, more than bcrypt looks at.");
  // Mail programs send it as it is typed there, and nobody can type these.
  if (/\p{Cc}/u.test(password)) throw new Error("The password has a control character in it.");
}

async function typedTwice(): Promise<string> {
  const password = await askHidden("Password: ");
  refuseWeak(password);
  if ((await askHidden("The same again: ")) !== password) throw new Error("The two are not the same.");
  return password;
}

/** @throws for more than one line, of which the password could be any */
function lineOf(input: string): string {
  const line = input.replace(/\r?\n$/, "");
  if (line.includes("\n")) throw new Error("Wanted on standard input is one line, the password.");
  return line;
}
