/** Selectors that mail servers and big providers use when nobody has thought of another; few, as each is a query. */
export const commonSelectors: readonly string[] = [
  ..."default dkim mail mailserver smtp mx email key key1 selector x rsa ed25519".split(" "),
  ..."rsa1 rsa2 ed1 ed2 r1 r2 e1 e2 s1 s2 k1 k2 k3 dkim1 dkim2".split(" "),
  // Microsoft 365, Google Workspace, Fastmail, Proton Mail, Zoho.
  ..."selector1 selector2 google fm1 fm2 fm3 protonmail protonmail2 protonmail3 zoho".split(" "),
];
