import { createHash } from "node:crypto";
import { dirname } from "node:path";

/** What an image of Debian 13 is made of. A recipe says everything: images of equal recipes are the same. */
export interface ImageRecipe {
  readonly name: string;
  /** Installed with what they depend on, without what they recommend. */
  readonly packages: readonly string[];
  /** The image that this one starts as a copy of. @default none: a minimal Debian */
  readonly base?: ImageRecipe;
  /**
   * Whether the services and sockets that the packages enable are disabled again, so that none comes up at boot as
   * it was packaged.
   * @default false
   */
  readonly disableServices?: boolean;
  /** Text files laid over the packages, by absolute path. All of them together are at most 100 KiB. */
  readonly files?: Readonly<Record<string, string | { readonly text: string; readonly mode: string }>>;
  /** A shell script run as root in the image after all else; it ends at the first command that fails. */
  readonly setup?: string;
}

/** A short name for the recipe's content. */
export function recipeDigest(recipe: ImageRecipe): string {
  return createHash("sha256").update(JSON.stringify(recipe)).digest("hex").slice(0, 12);
}

/** The shell script that lays the recipe's files and then does its own set-up, run in the image. */
export function setupScript({ files = {}, setup = "" }: ImageRecipe): string {
  const lines = Object.entries(files).flatMap(([path, file]) => {
    const { text, mode } = typeof file === "string" ? { text: file, mode: "644" } : file;
    return [
      `mkdir -p ${quote(dirname(path))}`,
      `printf %s ${quote(text)} >${quote(path)}`,
      `chmod ${mode} ${quote(path)}`,
    ];
  });
  return [...lines, setup].join("\n");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
