/** A header field of a message; the value is unfolded (RFC 5322 section 2.2.3). */
export interface Field {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
}

/** The header fields of a message in their order, the latest trace first. */
export function fieldsOf(source: Buffer): readonly Field[] {
  const [header = ""] = source.toString("latin1").split(/\r?\n\r?\n/, 1);
  return header
    .replace(/\r?\n(?=[ \t])/g, "")
    .split(/\r?\n/)
    .flatMap((line) => {
      const [, name, value = ""] = /^([!-9;-~]+)[ \t]*:(.*)$/s.exec(line) ?? [];
      return name === undefined ? [] : [{ name: name.toLowerCase(), value: value.trim() }];
    });
}
