import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fieldsOf } from "../../../../verify/account/header";

describe("the header fields of a message", () => {
  it("are named in lower case, unfolded, in their order, without the body", () => {
    const source =
      "Received: by a\r\n\twith LMTP\r\nX-Mailer : b\r\nno field\r\nReceived: c\r\n\r\nFrom: the body\r\n";
    expect(fieldsOf(Buffer.from(source))).toEqual([
      { name: "received", value: "by a\twith LMTP" },
      { name: "x-mailer", value: "b" },
      { name: "received", value: "c" },
    ]);
  });

  it("are read back as they were written, folded anywhere between words", () => {
    const word = fc.stringMatching(/^[!-9;-~]{1,12}$/);
    const field = fc.tuple(word, fc.array(word, { minLength: 1 }));
    fc.assert(
      fc.property(fc.array(field), fc.constantFrom("\r\n", "\n"), (fields, newline) => {
        const lines = fields.map(([name, words]) => `${name}: ${words.join(`${newline} `)}${newline}`);
        const wanted = fields.map(([name, words]) => ({ name: name.toLowerCase(), value: words.join(" ") }));
        expect(fieldsOf(Buffer.from(`${lines.join("")}${newline}body`))).toEqual(wanted);
      }),
    );
  });

  it("come of anything at all without an error", () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => Array.isArray(fieldsOf(Buffer.from(bytes)))));
  });
});
