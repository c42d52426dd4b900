import { access, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../run";

/** Where packages of Debian 13 come from. */
export interface DebianSources {
  readonly suite: "trixie";
  /** One-line entries of sources.list(5). */
  readonly lines: readonly string[];
  /** This machine's own settings for its way to the mirror, a proxy for example, as apt.conf(5) has them. */
  readonly aptOptions: readonly string[];
}

/** The base addresses of a mirror's two archives. */
export interface Mirror {
  readonly main: string;
  readonly security: string;
}

/**
 * Reads the mirror out of this machine's own apt configuration; DEBIAN_MIRROR in the environment goes before it.
 * @throws if there is none, or if the keys of Debian 13's archive aren't here
 */
export async function debianSources(): Promise<DebianSources> {
  const { main, security } = mirrorFrom(await aptSources(), process.env.DEBIAN_MIRROR);
  const signedBy = `[signed-by=${await archiveKeyring()}]`;
  const { stdout } = await run(["apt-config", "dump"]);
  return {
    suite: "trixie",
    lines: [
      `deb ${signedBy} ${main} trixie main`,
      `deb ${signedBy} ${main} trixie-updates main`,
      `deb ${signedBy} ${security} trixie-security main`,
    ],
    aptOptions: stdout.split("\n").filter((line) => /^Acquire::https?::[^ ]+ "[^"]+";$/.test(line)),
  };
}

/**
 * Finds the mirror among apt sources.
 * @param sources the texts of sources.list(5) files, in either format
 * @param wanted the main archive's address, taken instead of what the sources say; the security archive is beside it
 */
export function mirrorFrom(sources: readonly string[], wanted?: string): Mirror {
  if (wanted) {
    const main = wanted.replace(/\/+$/, "");
    return { main, security: `${main}-security` };
  }
  const entries = sources.flatMap((text) =>
    /^URIs:/im.test(text) ? deb822Entries(text) : oneLineEntries(text),
  );
  const main = entries.find(({ uri, suite }) => releases.includes(suite) && /debian\/?$/.test(uri));
  if (!main) {
    throw new Error(
      "No mirror of Debian is in this machine's apt sources (/etc/apt/sources.list, /etc/apt/sources.list.d). " +
        "Set DEBIAN_MIRROR to the address of one that this machine reaches, as http://HOST/debian; " +
        "its security archive is expected at the same address with -security appended.",
    );
  }
  const security = entries.find(({ suite }) => releases.some((release) => suite === `${release}-security`));
  const mainUri = main.uri.replace(/\/+$/, "");
  return { main: mainUri, security: (security?.uri ?? `${mainUri}-security`).replace(/\/+$/, "") };
}

const releases = [
  "bullseye",
  "bookworm",
  "trixie",
  "forky",
  "duke",
  "sid",
  "oldstable",
  "stable",
  "testing",
  "unstable",
];

interface Entry {
  readonly uri: string;
  readonly suite: string;
}

function oneLineEntries(text: string): Entry[] {
  return text.split("\n").flatMap((line) => {
    const [, uri, suite] = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)/.exec(line) ?? [];
    return uri && suite ? [{ uri, suite }] : [];
  });
}

/** Stanzas of `Field: value` lines; a value goes on in lines that begin with a space (deb822(5)). */
function deb822Entries(text: string): Entry[] {
  const withoutComments = text.replace(/^#.*\n?/gm, "");
  return withoutComments.split(/\n\s*\n/).flatMap((stanza) => {
    const words = (field: string) =>
      new RegExp(`^${field}:((?:.*)(?:\n[ \t].*)*)`, "im").exec(stanza)?.[1]?.trim().split(/\s+/) ?? [];
    if (words("Enabled")[0] === "no" || !words("Types").includes("deb")) return [];
    return words("URIs").flatMap((uri) => words("Suites").map((suite) => ({ uri, suite })));
  });
}

async function aptSources(): Promise<string[]> {
  const parts = "/etc/apt/sources.list.d";
  const names = (await readdir(parts).catch(() => []))
    .filter((name) => /\.(list|sources)$/.test(name))
    .sort();
  const paths = ["/etc/apt/sources.list", ...names.map((name) => join(parts, name))];
  return Promise.all(paths.map((path) => readFile(path, "utf8").catch(() => "")));
}

/** The archive's keys come as one file and, for telling whether Debian 13 is among them, as one a release. */
async function archiveKeyring(): Promise<string> {
  const exists = (path: string) =>
    access(path).then(
      () => true,
      () => false,
    );
  for (const suffix of ["pgp", "gpg"]) {
    const [all, trixie] = ["keyring", "trixie-automatic"].map(
      (name) => `/usr/share/keyrings/debian-archive-${name}.${suffix}`,
    ) as [string, string];
    if ((await exists(all)) && (await exists(trixie))) return all;
  }
  throw new Error(
    "The keys of Debian 13's archive are not on this machine: install or upgrade the package debian-archive-keyring (2023.3+deb12u2 or newer).",
  );
}
