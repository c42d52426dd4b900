import { mkdir, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { debianSources } from "../images/sources";
import { run } from "../run";

/** A file that apt has downloaded and checked against the archive's signature. */
export interface Download {
  readonly uri: string;
  readonly file: string;
}

/** An index file of a suite; apt keeps it as it was downloaded, compressed. */
export interface Index extends Download {
  /** The archive's address, with a slash at its end. */
  readonly archive: string;
  /** The suite, for example `trixie-security`. */
  readonly suite: string;
  /** The file's path in the suite, without the ending of its compression. */
  readonly key: string;
  /** The suite's signed release file. */
  readonly release: string;
}

export interface Packages {
  readonly files: readonly Download[];
  readonly bytes: number;
  download(): Promise<void>;
}

/**
 * This machine's apt, at work for a root directory other than its own. It only reads there: what it downloads and
 * remembers is kept in a folder apart. Sources and way to the mirror are those of the images, see `sources.ts`.
 */
export class Apt {
  private constructor(
    private readonly dir: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /**
   * @param dir an empty folder
   * @param root the root directory of a Debian system
   */
  static async at(dir: string, root: string): Promise<Apt> {
    const { lines, aptOptions } = await debianSources();
    for (const part of ["lists/partial", "archives/partial"])
      await mkdir(join(dir, part), { recursive: true });
    await writeFile(join(dir, "sources.list"), `${lines.join("\n")}\n`);
    await writeFile(join(dir, "apt.conf"), [...settings(dir, root), ...aptOptions, ""].join("\n"));
    return new Apt(dir, { ...process.env, LC_ALL: "C.UTF-8", APT_CONFIG: join(dir, "apt.conf") });
  }

  async update(): Promise<readonly Index[]> {
    const descriptions = ["--option", "Acquire::Languages=en"];
    await this.get(["--error-on=any", ...descriptions, "update"]);
    const format = "$(REPO_URI)\t$(RELEASE)\t$(METAKEY)\t$(URI)\t$(FILENAME)";
    const targets = lines(await this.get(["indextargets", ...descriptions, "--format", format]));
    const indexes = targets.map((line) => {
      const [archive = "", suite = "", key = "", uri = "", file = ""] = line.split("\t");
      const release = `${file.slice(0, file.lastIndexOf(key.replaceAll("/", "_")))}InRelease`;
      return { archive, suite, key, uri, file, release };
    });
    return Promise.all(indexes.map((index) => this.unpack(index)));
  }

  /**
   * Puts a compressed index aside and its text in its place: apt looks up every package by itself, which takes tens
   * of seconds where it has to unpack the index each time.
   */
  private async unpack(index: Index): Promise<Index> {
    const kept = join(this.dir, basename(index.file));
    await rename(index.file, kept);
    const text = index.file.replace(/\.\w+$/, "");
    await run(["sh", "-c", '/usr/lib/apt/apt-helper cat-file "$1" >"$2"', "sh", kept, text], {
      env: this.env,
    });
    return { ...index, file: kept };
  }

  /** What has to be installed for the given packages, with what they recommend and without, whichever is wanted. */
  async resolve(packages: readonly string[]): Promise<Packages> {
    const choices = ["--install-recommends", "--no-install-recommends"];
    const found = new Map<string, { readonly download: Download; readonly bytes: number }>();
    for (const choice of choices) {
      for (const line of lines(await this.get(["--print-uris", choice, "install", ...packages]))) {
        const [, uri, name, bytes] = /^'(\S+)' (\S+) (\d+) /.exec(line) ?? [];
        if (!uri || !name) continue;
        found.set(uri, { download: { uri, file: join(this.dir, "archives", name) }, bytes: Number(bytes) });
      }
    }
    return {
      files: [...found.values()].map(({ download }) => download),
      bytes: [...found.values()].reduce((sum, { bytes }) => sum + bytes, 0),
      download: async () => {
        for (const choice of choices) await this.get(["--download-only", choice, "install", ...packages]);
      },
    };
  }

  private async get(args: readonly string[]): Promise<string> {
    return (await run(["apt-get", "--quiet=2", "--yes", ...args], { env: this.env })).stdout;
  }
}

/** See apt.conf(5). None of this machine's own settings is read but those that are taken over by name. */
function settings(dir: string, root: string): string[] {
  return Object.entries({
    "Dir::Etc::main": "/dev/null",
    "Dir::Etc::parts": "/dev/null",
    "Dir::Etc::preferences": "/dev/null",
    "Dir::Etc::preferencesparts": "/dev/null",
    "Dir::Etc::sourcelist": join(dir, "sources.list"),
    "Dir::Etc::sourceparts": "/dev/null",
    "Dir::State": dir,
    "Dir::State::status": join(root, "var/lib/dpkg/status"),
    "Dir::State::extended_states": join(root, "var/lib/apt/extended_states"),
    "Dir::Cache": dir,
    "Dir::Log": "/dev/null",
    "APT::Sandbox::User": "root",
    // Descriptions are fetched, as a machine will ask for them, but are of no use here.
    "Acquire::Languages": "none",
    "Acquire::PDiffs": "false",
    // Index files stay as the archive has them.
    "Acquire::GzipIndexes": "true",
    "Acquire::IndexTargets::deb::Packages::KeepCompressedAs": "xz",
    "Acquire::IndexTargets::deb::Translations::KeepCompressedAs": "xz",
  }).map(([key, value]) => `${key} "${value}";`);
}

function lines(text: string): string[] {
  return text.split("\n").filter(Boolean);
}
