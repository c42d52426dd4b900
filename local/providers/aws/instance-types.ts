/**
 * The current-generation general types that the local cloud knows: burstable t3, t3a, t4g; c, m and r from the fifth
 * generation on. Architecture and memory follow from the name.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function isInstanceType(type: string): boolean {
  const [family = "", size = ""] = type.split(".");
  if (family in burstable) return size in burstableMiB;
  return /^[cmr]([5-8][agi]?|5a)$/.test(family) && size in virtualCpus;
}

/** A "g" after the generation stands for Graviton, which is arm64. */
export function architectureOf(type: string): "arm64" | "x86_64" {
  return /^[a-z]+\d+g/.test(type) ? "arm64" : "x86_64";
}

/** Not every zone has every type, as with AWS: the zones whose name ends in c have no burstable ones. */
export function isOffered(type: string, zone: string): boolean {
  return !(zone.endsWith("c") && (type.split(".")[0] ?? "") in burstable);
}

export function memoryMiB(type: string): number {
  const [family = "", size = ""] = type.split(".");
  if (family in burstable) return burstableMiB[size] ?? 0;
  return (virtualCpus[size] ?? 0) * (gibPerCpu[family.charAt(0)] ?? 0) * 1024;
}

/** Sizes of the family that was meant, or some well-known types, for an error message. */
export function instanceTypesLike(type: string): readonly string[] {
  const family = type.split(".")[0] ?? "";
  const sizes = Object.keys(family in burstable ? burstableMiB : virtualCpus);
  const same = sizes.map((size) => `${family}.${size}`).filter(isInstanceType);
  return same.length ? same : ["t4g.small", "t3.small", "m7g.large", "m7i.large"];
}

const burstable: Readonly<Record<string, true>> = { t3: true, t3a: true, t4g: true };

const burstableMiB: Readonly<Record<string, number>> = {
  nano: 512,
  micro: 1024,
  small: 2048,
  medium: 4096,
  large: 8192,
  xlarge: 16384,
  "2xlarge": 32768,
};

const virtualCpus: Readonly<Record<string, number>> = {
  medium: 1,
  large: 2,
  xlarge: 4,
  "2xlarge": 8,
  "4xlarge": 16,
  "8xlarge": 32,
};

const gibPerCpu: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };
