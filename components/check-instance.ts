/** The machine as far as it is known. */
export interface DeclaredInstance {
  readonly architecture?: string;
  readonly instanceType?: string;
  readonly antivirus?: boolean;
}

/** Instance types whose generation is followed by `g` have AWS's ARM processor: t4g, c7gn, x2gd. */
export function checkInstanceType(
  type: string,
  { architecture, antivirus }: DeclaredInstance,
): string | undefined {
  const parts = /^([a-z]+)(\d+)([a-z-]*)\.([a-z0-9-]+)$/.exec(type);
  if (!parts) return "an EC2 instance type such as t4g.small";
  const [family = "", generation, attributes = "", size = ""] = parts.slice(1);
  const needs = attributes.startsWith("g") || `${family}${generation}` === "a1" ? "arm64" : "amd64";
  if (architecture !== undefined && architecture !== needs)
    return `a type of the architecture ${architecture}, or the architecture ${needs} for this type`;
  return antivirus ? checkMemory(`${family}${generation}${attributes}`, size) : undefined;
}

/**
 * The virus scanner takes 1.2 GiB beside what the host needs without it, and as much again while new signatures are tried.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html
 */
function checkMemory(family: string, size: string): string | undefined {
  // Per processor, those for computing have half as much as others.
  const least = /^[ac]\d/.test(family) ? "large" : "medium";
  return sizes.indexOf(size) < sizes.indexOf(least) && sizes.includes(size)
    ? `a type with at least 4 GiB of memory such as ${family}.${least}, which antivirus: true needs, or antivirus: false`
    : undefined;
}

const sizes = ["nano", "micro", "small", "medium", "large"];
