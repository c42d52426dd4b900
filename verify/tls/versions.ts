/** As they are written on the wire (RFC 8446 section 4.2.1). */
export const version = { ssl3: 0x0300, tls10: 0x0301, tls11: 0x0302, tls12: 0x0303, tls13: 0x0304 } as const;
export type Version = (typeof version)[keyof typeof version];

const names: ReadonlyMap<number, string> = new Map([
  [version.ssl3, "SSL 3.0"],
  [version.tls10, "TLS 1.0"],
  [version.tls11, "TLS 1.1"],
  [version.tls12, "TLS 1.2"],
  [version.tls13, "TLS 1.3"],
]);

export function isVersion(code: number): code is Version {
  return names.has(code);
}

export function versionName(code: Version): string {
  return names.get(code) ?? "";
}
