import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  flag,
  oneArgument,
  splitCommand,
  takeName,
  UsageError,
  wholeNumber,
  wordsAndOptions,
} from "../../../cli/arguments";

const word = fc.stringMatching(/^[a-z0-9.-]{1,12}$/).filter((text) => !text.startsWith("-"));

describe("the command line", () => {
  it("passes a command on word for word, with or without the two dashes before it", () => {
    const argument = fc.oneof(word, fc.constantFrom("--", "--name", "-v", "", "a b", "*", "--to=x"));
    fc.assert(
      fc.property(word, word, fc.array(argument), (target, file, args) => {
        expect(splitCommand([target, "--", file, ...args])).toEqual({ target, command: [file, ...args] });
        expect(splitCommand([target, file, ...args])).toEqual({ target, command: [file, ...args] });
      }),
    );
  });

  for (const args of [[], ["mx1"], ["mx1", "--"], ["--", "ls"]])
    it(`wants a place and a command, not ${JSON.stringify(args)}`, () => {
      expect(() => splitCommand(args)).toThrow(UsageError);
    });

  it("takes the name of the cloud from wherever it stands", () => {
    fc.assert(
      fc.property(fc.array(word), word, fc.array(word), (before, name, after) => {
        const rest = [...before, ...after];
        expect(takeName([...before, "--name", name, ...after])).toEqual({ name, rest });
        expect(takeName([...before, `--name=${name}`, ...after])).toEqual({ name, rest });
        expect(takeName(rest)).toEqual({ name: undefined, rest });
      }),
    );
  });

  it("refuses --name without a name", () => {
    expect(() => takeName(["start", "--name"])).toThrow(UsageError);
  });

  it("knows the flags of a command and refuses all others", () => {
    expect(flag(["--bare"], "no-vm", "bare")).toEqual([false, true]);
    expect(() => flag(["--bear"], "no-vm", "bare")).toThrow(/'--bear'/);
    expect(() => flag(["extra"], "bare")).toThrow(UsageError);
  });

  it("says what is wanted where exactly one word is", () => {
    expect(oneArgument(["mx1"], "MACHINE")).toBe("mx1");
    for (const args of [[], ["a", "b"], ["--help"]])
      expect(() => oneArgument(args, "MACHINE")).toThrow("Wanted is MACHINE.");
  });

  it("tells words from options wherever they stand, and refuses options it does not know", () => {
    const given = ["a", "--ttl", "60", "b c", "--proxied"];
    const wanted = { words: ["a", "b c"], options: { ttl: "60", proxied: true } };
    expect(wordsAndOptions(given, { ttl: "text", proxied: "flag" })).toMatchObject(wanted);
    for (const wrong of [["--tttl", "60"], ["--ttl"], ["--proxied=no"]])
      expect(() => wordsAndOptions(wrong, { ttl: "text", proxied: "flag" })).toThrow(UsageError);
  });

  it("wants whole numbers where numbers are wanted", () => {
    expect(wholeNumber("60", "--ttl")).toBe(60);
    for (const text of ["", "-1", "1.5", "1e3", "sixty"])
      expect(() => wholeNumber(text, "--ttl")).toThrow(`--ttl wants a whole number, not "${text}".`);
  });
});
