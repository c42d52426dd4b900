import fc from "fast-check";

/** What strangers' servers might answer to get at whoever reads the report. */
export const hostile: readonly string[] = [
  "<script>document.title = 'taken'</script>",
  "</pre></details></li><img src=x onerror=alert(1)>",
  "<style>@import url(http://127.0.0.1/)</style><link rel=stylesheet href=//127.0.0.1/>",
  '" onmouseover="alert(1)',
  "' autofocus onfocus='alert(1)",
  "<!-- ",
  "]]>",
  "<![CDATA[",
  "&lt;&#0;&amp;&nosuch;",
  "<?xml version='1.0'?>",
  "{{1}}",
  "\x1b]0;taken\x07\x1b[2J\x1b[31mred\x1b[0m",
  "\x9b2J",
  "\x00\x08\x0b\x0c\x7f\x85",
  "safe\u202eexe.txt\u2066\u2069\u200f\u061c",
  "\ufeff\u200b\u00ad\u2060",
  "\u2028\u2029",
  "\ud800",
  "\udfff\ud83d",
  "\ufffe\uffff\u{1ffff}\u{e0041}\ue000",
  "carriage\rreturn\r\nline\nfeed\ttab",
  "Z\u0351\u036b\u0343\u036a\u0302",
  "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u4f60\u597d \u{1f469}\u200d\u{1f4bb}",
  "x".repeat(100_000),
  `${"\u202e<b>".repeat(20_000)}\n\n\n`,
  "",
  "\n",
  " ",
];

/** Any sequence of UTF-16 code units, well formed or not, with what is hostile among it. */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...hostile.filter((text) => text.length < 200)),
      fc.string({ unit: "binary" }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.integer({ min: 0, max: 0xa0 }).map((unit) => String.fromCharCode(unit)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));
