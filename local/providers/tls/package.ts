import type * as tlsSdk from "@pulumi/tls";
import { installedVersion } from "../package-version";
import type { Package } from "../resource";
import { notEmulated, type Shape } from "../shape";
import { certRequest } from "./cert-request";
import { privateKey } from "./private-key";
import { selfSignedCert } from "./self-signed-cert";

/** Keys and certificates. The real provider, too, makes them by itself and keeps nothing but the stack's state. */
export function tls(): Package {
  return {
    name: "tls",
    version: installedVersion("@pulumi/tls"),
    config: { proxy: notEmulated } satisfies Shape<tlsSdk.ProviderArgs>,
    resources: {
      "tls:index/certRequest:CertRequest": certRequest(),
      "tls:index/privateKey:PrivateKey": privateKey(),
      "tls:index/selfSignedCert:SelfSignedCert": selfSignedCert(),
    },
    functions: {},
  };
}
