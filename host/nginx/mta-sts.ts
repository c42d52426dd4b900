import { type HostFile, publicFile } from "../bundle";
import type { DomainDeclaration } from "../declaration";
import { webName } from "../web";
import { documentRoot } from "./document-root";

/** The MTA-STS policy (RFC 8461 section 3.2), byte for byte as it is declared. */
export function mtaStsFiles({ name, web }: DomainDeclaration): readonly HostFile[] {
  if (web?.mtaStsPolicy === undefined) return [];
  const root = documentRoot(webName("mta-sts", name));
  return [publicFile(`${root}/.well-known/mta-sts.txt`, web.mtaStsPolicy)];
}
