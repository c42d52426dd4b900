import { generateKeyPairSync } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/** A resource as the engine was asked for it; secrets are marked, not unwrapped. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** Whether a value reached the engine as a secret. */
export function isSecret(value: unknown): value is { readonly value: unknown } {
  return (
    typeof value === "object" &&
    value !== null &&
    SIGNATURE in value &&
    value[SIGNATURE] === "1b47061264138c4ac30d75fd1eb44270"
  );
}

/** The value of a secret; any other value as it is. */
export function unwrap(value: unknown): unknown {
  return isSecret(value) ? value.value : value;
}

/** Every text below a value that is not marked as a secret. */
export function plainTexts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || isSecret(value)) return [];
  return Object.values(value).flatMap(plainTexts);
}

/**
 * Stands in for the engine from here on and notes what is registered.
 * @param preview whether what only an apply can know stays unknown
 */
export async function mockEngine({ preview = false } = {}): Promise<{
  readonly resources: readonly Registered[];
  readonly calls: readonly { readonly token: string; readonly inputs: Record<string, unknown> }[];
  /** The only resource of this type, or of this type and name. */
  one(type: string, name?: string): Registered;
  all(type: string): Registered[];
}> {
  const resources: Registered[] = [];
  const calls: { token: string; inputs: Record<string, unknown> }[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        resources.push({ type, name, inputs });
        return { id: `${name}-id`, state: { ...inputs, ...outputs(type, name, inputs) } };
      },
      call: ({ token, inputs }) => {
        calls.push({ token, inputs });
        return answer(token, inputs);
      },
    },
    "mailserver",
    "test",
    preview,
  );
  const all = (type: string) => resources.filter((resource) => resource.type === type);
  return {
    resources,
    calls,
    all,
    one(type, name) {
      const found = all(type).filter((resource) => name === undefined || resource.name === name);
      if (found.length !== 1) throw new Error(`${found.length} resources of ${type} ${name ?? ""}`);
      return found[0] as Registered;
    },
  };
}

/** Waits until everything asked for so far has been registered. */
export async function registered(): Promise<void> {
  await pulumi.runtime.disconnect();
}

/** The value of an output. */
export function known<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply((value) => resolve(value as T)));
}

function outputs(type: string, name: string, inputs: Record<string, unknown>): Record<string, unknown> {
  switch (type) {
    case "tls:index/privateKey:PrivateKey":
      return generated(inputs);
    case "tls:index/certRequest:CertRequest":
      return { certRequestPem: "-----BEGIN CERTIFICATE REQUEST-----\n" };
    case "tls:index/selfSignedCert:SelfSignedCert":
      return { certPem: "-----BEGIN CERTIFICATE-----\n" };
    case "aws:s3/bucket:Bucket":
      return { bucket: `${name}-0123456`, arn: `arn:aws:s3:::${name}-0123456`, region: "eu-central-1" };
    case "aws:ec2/eip:Eip":
      return { publicIp: "192.0.2.25" };
    case "aws:ec2/vpc:Vpc":
      return { ipv6CidrBlock: "2001:db8:1:200::/56" };
    case "aws:ec2/instance:Instance":
      return { ipv6Addresses: inputs.ipv6AddressCount === 1 ? ["2001:db8:1:200::25"] : [] };
    case "aws:iam/role:Role":
    case "aws:iam/instanceProfile:InstanceProfile":
      return { name: `${name}-0123456` };
    default:
      return {};
  }
}

function answer(token: string, inputs: Record<string, unknown>): Record<string, unknown> {
  switch (token) {
    case "aws:ec2/getAmi:getAmi":
      return { id: "ami-0123456789abcdef0" };
    case "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings":
      return { locations: ["eu-central-1c", "eu-central-1b"] };
    case "aws:index/getRegion:getRegion":
      return { region: "eu-central-1" };
    case "aws:ec2/getSubnet:getSubnet":
      return { id: inputs.id, vpcId: "vpc-0123456789abcdef0", availabilityZone: "eu-central-1b" };
    default:
      throw new Error(`no answer to ${token}`);
  }
}

function generated({ algorithm, rsaBits, ecdsaCurve }: Record<string, unknown>): Record<string, unknown> {
  const { publicKey, privateKey } = keyPair(algorithm, rsaBits, ecdsaCurve);
  const pkcs8 = privateKey.export({ format: "pem", type: "pkcs8" });
  const secret = (value: unknown) => ({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value });
  return {
    publicKeyPem: publicKey.export({ format: "pem", type: "spki" }),
    privateKeyPem: secret(pkcs8),
    privateKeyPemPkcs8: secret(pkcs8),
  };
}

function keyPair(algorithm: unknown, rsaBits: unknown, ecdsaCurve: unknown) {
  if (algorithm === "RSA") return generateKeyPairSync("rsa", { modulusLength: rsaBits as number });
  if (algorithm === "ED25519") return generateKeyPairSync("ed25519");
  if (ecdsaCurve === "P256") return generateKeyPairSync("ec", { namedCurve: "P-256" });
  throw new Error(`no key of ${algorithm} ${ecdsaCurve}`);
}
