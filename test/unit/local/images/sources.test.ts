import { describe, expect, it } from "vitest";
import { mirrorFrom } from "../../../../local/images/sources";

describe("the Debian mirror of this machine", () => {
  it("is found in deb822 sources, comments and other archives left out", () => {
    const debian = `Types: deb
# http://snapshot.example/archive/debian
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
`;
    const other = "deb https://packages.example/apt cloud-sdk-bookworm main\n";
    expect(mirrorFrom([other, debian])).toEqual({
      main: "http://mirror.example/debian",
      security: "http://mirror.example/debian-security",
    });
  });

  it("is found in one-line sources with options", () => {
    const text = `# the distribution
deb [arch=amd64 signed-by=/k.gpg] https://a.example/pub/debian/ trixie main contrib
deb-src https://a.example/pub/debian/ trixie main
deb https://b.example/debian-security trixie-security main
`;
    expect(mirrorFrom([text])).toEqual({
      main: "https://a.example/pub/debian",
      security: "https://b.example/debian-security",
    });
  });

  it("is not taken from sources that are switched off", () => {
    const off =
      "Enabled: no\nTypes: deb\nURIs: http://off.example/debian\nSuites: trixie\nComponents: main\n";
    const on = "Types: deb\nURIs:\n http://on.example/debian\nSuites:\n trixie\nComponents: main\n";
    expect(mirrorFrom([off, on])).toEqual({
      main: "http://on.example/debian",
      security: "http://on.example/debian-security",
    });
  });

  it("on Ubuntu has to be named, and the error says how", () => {
    const ubuntu =
      "Types: deb\nURIs: http://archive.example/ubuntu\nSuites: noble noble-updates\nComponents: main\n";
    expect(() => mirrorFrom([ubuntu])).toThrow(/Set DEBIAN_MIRROR to the address/);
    expect(mirrorFrom([ubuntu], "http://mirror.example/debian/")).toEqual({
      main: "http://mirror.example/debian",
      security: "http://mirror.example/debian-security",
    });
  });
});
