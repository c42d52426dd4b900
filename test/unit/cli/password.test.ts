import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { compareSync } from "bcryptjs";
import { describe, expect, it } from "vitest";
import { hashOf, refuseWeak } from "../../../cli/password";
import { checkPasswordHash } from "../../../components/password-hash";
import { run } from "../../../local/run";

const bin = resolve(__dirname, "../../../bin/mailserver.js");
const password = "four random words here";

const piped = (input: string) =>
  run([process.execPath, bin, "password"], { input, accept: [0, 2], timeout: 60_000 });

/** At a terminal: each answer is typed when its question is there. */
async function typed(...answers: string[]): Promise<{ code: number | null; screen: string }> {
  const terminal = spawn("script", ["-qec", `${process.execPath} ${bin} password`, "/dev/null"]);
  let screen = "";
  let asked = 0;
  terminal.stdout.on("data", (data) => {
    screen += data;
    const questions = screen.match(/Password: |The same again: /g)?.length ?? 0;
    for (; asked < questions; asked += 1) terminal.stdin.write(`${answers[asked] ?? ""}\r`);
  });
  const code = await new Promise<number | null>((done) => terminal.on("close", done));
  return { code, screen };
}

describe("mailserver password", () => {
  it("prints a hash that the configuration takes, of the password that it reads", async () => {
    const { code, stdout, stderr } = await piped(`${password}\n`);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^\{BLF-CRYPT\}\$2y\$12\$\S{53}\n$/);
    expect(checkPasswordHash(stdout.trim())).toBeUndefined();
    expect(compareSync(password, stdout.trim().replace("{BLF-CRYPT}", ""))).toBe(true);
    expect(stderr).toBe("");
  });

  it("asks twice at a terminal, and shows nothing of what is typed", async () => {
    const { code, screen } = await typed(password, password);
    const [, hash = ""] = /^\{BLF-CRYPT\}(\S+)\r$/m.exec(screen) ?? [];
    expect(compareSync(password, hash)).toBe(true);
    expect(screen.replace(hash, "")).toBe("Password: \r\nThe same again: \r\n{BLF-CRYPT}\r\n");
    expect(code).toBe(0);
  });

  it("refuses two that differ, and tells neither", async () => {
    const { code, screen } = await typed(password, `${password}!`);
    expect(screen).toBe("Password: \r\nThe same again: \r\nThe two are not the same.\r\n");
    expect(code).toBe(2);
  });

  it("refuses a bad one before it asks again", async () => {
    const { code, screen } = await typed("wonderland");
    expect(screen).toBe("Password: \r\nThe password has 10 characters; wanted are at least 12.\r\n");
    expect(code).toBe(2);
  });

  it("hints that longer is stronger, beside the hash and not in it", async () => {
    const { stdout, stderr } = await piped("only-12-char");
    expect(stdout).toMatch(/^\{BLF-CRYPT\}\S+\n$/);
    expect(stderr).toMatch(/^Longer is stronger: .*\n$/);
  });

  it.each([
    ["", "The password is empty."],
    ["\n", "The password is empty."],
    ["elevenchars", "The password has 11 characters; wanted are at least 12."],
    ["abcabcabcabcabc", "The password repeats the same few characters."],
    [
      "ä".repeat(5) + "bcdefgh".repeat(10),
      "The password is longer than 72 bytes, more than bcrypt looks at.",
    ],
    ["tabs\tare not typed", "The password has a control character in it."],
    ["first line of\nsecond line", "Wanted on standard input is one line, the password."],
  ])("refuses %j and prints no hash", async (input, message) => {
    const { code, stdout, stderr } = await piped(input);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: "", stderr: `${message}\n` });
  });

  it("counts characters, not the bytes that they take", () => {
    expect(() => refuseWeak("пароль-пятая")).not.toThrow();
    expect(() => refuseWeak("пароль-пять")).toThrow("11 characters");
  });

  it("salts: the same password has another hash each time", async () => {
    expect(await hashOf(password)).not.toBe(await hashOf(password));
  });
});
