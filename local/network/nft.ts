/** A chain of nft(8). @param hook what it is called by; none for one that others jump to */
export function chain(name: string, hook: string | undefined, rules: readonly string[]): string {
  const lines = [...(hook ? [hook] : []), ...rules];
  return `  chain ${name} {\n${lines.map((line) => `    ${line}\n`).join("")}  }\n`;
}

/** A table that takes the place of the one of its name. */
export function table(family: "ip" | "ip6", name: string, chains: readonly string[]): string {
  const of = `table ${family} ${name}`;
  return `${of}\ndelete ${of}\n${of} {\n${chains.join("\n")}}\n`;
}

/** A rule with an anonymous set or map; nftables has no empty ones, and a rule that matches none of them is no rule. */
export function unlessEmpty(elements: readonly string[], rule: (braced: string) => string): string[] {
  return elements.length > 0 ? [rule(`{ ${elements.join(", ")} }`)] : [];
}
