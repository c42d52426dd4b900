import type { Check } from "../../check";
import { certificateExpiry } from "./expiry";
import { certificateKey } from "./key";
import { certificateName } from "./name";
import { certificatePin } from "./pin";
import { certificateSame } from "./same";
import { certificateSignature } from "./signature";
import { certificateTrusted } from "./trusted";

export const certificate: readonly Check[] = [
  certificateTrusted,
  certificateName,
  certificateExpiry,
  certificateKey,
  certificateSignature,
  certificateSame,
  certificatePin,
];
