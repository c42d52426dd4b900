import type { Check } from "../../check";
import { tlsCiphers } from "./ciphers";
import { tlsCompression } from "./compression";
import { tlsExtendedMasterSecret } from "./extended-master-secret";
import { tlsKeyExchange } from "./key-exchange";
import { tlsModern } from "./modern";
import { tlsRenegotiation } from "./renegotiation";
import { tlsVersions } from "./versions";

export const tls: readonly Check[] = [
  tlsVersions,
  tlsModern,
  tlsCiphers,
  tlsKeyExchange,
  tlsCompression,
  tlsRenegotiation,
  tlsExtendedMasterSecret,
];
