import { createHash } from "node:crypto";
import { join } from "node:path";
import { openObjects } from "../../../local/services/objects";
import { type Cloud, eventually, root } from "./cloud";

export interface Bundle {
  readonly parts: { readonly name: string; files: BundleFile[] }[];
}

export interface BundleFile {
  readonly path: string;
  content: string;
  readonly mode: string;
  readonly owner: string;
}

export interface Status {
  readonly state: string;
  /** SHA-256 of the bundle that it is about. */
  readonly bundle: string;
  readonly warnings: readonly string[];
  readonly acmeAccount: string | null;
  readonly webCertificates: { readonly domains: number; readonly issued: number } | null;
}

export interface Deployment {
  /** The bundle that the stack has made; each time a copy. */
  bundle(): Bundle;
  /** Gives the host another bundle and waits until everything in it is in force. */
  apply(bundle: Bundle): Promise<Status>;
  /** Gives the host the stack's own again, and waits likewise. */
  restore(): Promise<Status>;
}

/** The way from the bundle to the host, for tests of what the stack does not declare. */
export async function openDeployment(local: Cloud): Promise<Deployment> {
  const objects = openObjects(join(root, ".local", local.name, "objects"));
  const outputs = await local.outputs();
  const bucket = String(outputs.bucket);
  const statusKey = String(outputs.statusKey);
  const bundleKey = statusKey.replace("status.json", "bundle.json");
  const stored = await objects.get(bucket, bundleKey);
  if (!stored) throw new Error(`There is no ${bundleKey} in ${bucket}.`);
  const put = async (body: Buffer) => {
    await objects.put(bucket, bundleKey, body, stored.contentType);
    const digest = createHash("sha256").update(body).digest("hex");
    return eventually(
      async () => JSON.parse((await objects.get(bucket, statusKey))?.body.toString() ?? "{}") as Status,
      ({ state, bundle, warnings }) => state === "ready" && bundle === digest && warnings.length === 0,
    );
  };
  return {
    bundle: () => JSON.parse(stored.body.toString()) as Bundle,
    apply: (bundle) => put(Buffer.from(JSON.stringify(bundle))),
    restore: () => put(stored.body),
  };
}

/** @throws when the part is not in the bundle */
export function filesOf({ parts }: Bundle, name: string): BundleFile[] {
  const part = parts.find((candidate) => candidate.name === name);
  if (!part) throw new Error(`The bundle has no part ${name}.`);
  return part.files;
}

/** Changes the settings of the program that keeps the certificates; @returns them as they were */
export function changeCertificates(
  bundle: Bundle,
  changes: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const file = filesOf(bundle, "lego").find(({ path }) => path.endsWith("/certificate.json"));
  if (!file) throw new Error("The bundle has no settings of certificates.");
  const settings = JSON.parse(file.content) as Record<string, unknown>;
  file.content = JSON.stringify({ ...settings, ...changes });
  return settings;
}
