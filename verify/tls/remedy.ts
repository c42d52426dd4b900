const submissionPorts = [25, 465, 587];

/** What to set in the two servers that most hosts have, as far as the ports at fault are theirs. */
export function settings(
  what: string,
  postfix: string,
  dovecot: string,
): (ports: readonly number[]) => string {
  return (ports) => {
    const servers = [
      ...(ports.some((port) => submissionPorts.includes(port)) ? [`Postfix: ${postfix}`] : []),
      ...(ports.some((port) => !submissionPorts.includes(port)) ? [`Dovecot: ${dovecot}`] : []),
    ];
    return `${what} (${servers.join("; ")}), then reload the server.`;
  };
}
