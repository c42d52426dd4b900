/** What mail programs are told to use, in the order in which they should try; the user's name is the whole address. */
export const mailServices = {
  imap: [{ port: 993, tls: "at once" }],
  // RFC 8314 section 3.3: TLS from the start is to be preferred.
  smtp: [
    { port: 465, tls: "at once" },
    { port: 587, tls: "STARTTLS" },
  ],
} as const;
