import { type Fault, wrongHost } from "./fault";

/** Adds a setting to Postfix's main.cf in place of the one that is there. */
const set = (setting: string) => `postconf -e '${setting}'`;

/** Faults of single settings of the host. */
export const hostFaults: readonly Fault[] = [
  wrongHost(
    "an open relay",
    "smtp-relay",
    "postfix",
    `
    postconf -e 'smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination'
    postconf -e 'mynetworks = 0.0.0.0/0 [::]/0'`,
  ),
  wrongHost(
    "a banner that tells the version",
    "smtp-banner",
    "postfix",
    set("smtpd_banner = $myhostname ESMTP Postfix 3.10.5"),
  ),
  wrongHost("VRFY", "smtp-vrfy", "postfix", set("disable_vrfy_command = no")),
  wrongHost("no STARTTLS", "smtp-starttls", "postfix", set("smtpd_tls_security_level = none")),
  wrongHost(
    "mail for everybody at the domain",
    "smtp-unknown-user",
    "postfix",
    `echo '@example.test alice@example.test' >>aliases`,
  ),
  wrongHost("no postmaster", "smtp-postmaster", "postfix", "sed -i '/^postmaster@example.test/d' aliases"),
  wrongHost("no abuse address", "smtp-abuse", "postfix", "sed -i '/^abuse@example.test/d' aliases"),
  wrongHost("SMTP smuggling", "smtp-smuggling", "postfix", set("smtpd_forbid_bare_newline = no")),
  wrongHost("no size limit announced", "smtp-size", "postfix", set("smtpd_discard_ehlo_keywords = size")),
  wrongHost("no 8-bit mail", "smtp-extensions", "postfix", set("smtpd_discard_ehlo_keywords = 8bitmime")),
  wrongHost(
    "early talkers welcome",
    "smtp-early-talker",
    "postfix",
    set("smtpd_forbid_unauth_pipelining = no"),
  ),
  wrongHost(
    "null senders refused",
    "smtp-null-sender",
    "postfix",
    `
    echo '<> REJECT' >nobody
    postconf -e 'smtpd_sender_restrictions = check_sender_access texthash:/etc/postfix/nobody'`,
  ),
  wrongHost(
    "a login without TLS on port 25",
    "smtp-auth",
    "postfix",
    `
    postconf -P smtp/inet/smtpd_sasl_auth_enable=yes
    postconf -P smtp/inet/smtpd_tls_auth_only=no`,
  ),
  wrongHost("no TLS 1.3", "tls-modern", "postfix", set("smtpd_tls_protocols = TLSv1.2")),
  wrongHost(
    "TLS 1.0",
    "tls-versions",
    "postfix",
    `
    postconf -P 'smtp/inet/smtpd_tls_protocols=>=TLSv1'
    postconf -P 'smtp/inet/tls_high_cipherlist=ECDHE+AESGCM:ECDHE+CHACHA20:ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0'`,
  ),
  wrongHost(
    "old ciphers",
    "tls-ciphers",
    "postfix",
    set("tls_high_cipherlist = ECDHE+AESGCM:ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES128-SHA"),
  ),
  wrongHost("no submission over TLS", "access-submissions", "postfix", "postconf -MX submissions/inet"),
  wrongHost(
    "passwords in plain text",
    "access-submission-plain",
    "postfix",
    `
    postconf -P submission/inet/smtpd_tls_security_level=may
    postconf -P submission/inet/smtpd_tls_auth_only=no`,
  ),
  wrongHost(
    "submission without a login",
    "access-submission-open",
    "postfix",
    `
    for service in submission submissions; do
      postconf -P "$service/inet/mynetworks=0.0.0.0/0,[::]/0"
      postconf -P $service/inet/smtpd_sender_restrictions=reject_authenticated_sender_login_mismatch
      for of in client relay; do postconf -P $service/inet/smtpd_\${of}_restrictions=permit_mynetworks,reject; done
    done`,
  ),
  wrongHost(
    "users send as each other",
    "account-sender",
    "postfix",
    `
    for service in submission submissions; do postconf -P $service/inet/smtpd_sender_restrictions=; done`,
  ),
  wrongHost(
    "no mailboxes to read",
    "access-imaps",
    "dovecot",
    "sed -i 's/port = 993/port = 0/' dovecot.conf",
  ),
  wrongHost(
    "a key of its own for reading mail",
    "certificate-same",
    "dovecot",
    `
    cp /etc/mailserver/tls/stale.pem stale.pem
    sed -i 's#^ssl_server_cert_file = .*#ssl_server_cert_file = /etc/dovecot/stale.pem#' dovecot.conf
    cp /etc/mailserver/tls/stale-key.pem stale-key.pem
    sed -i 's#^ssl_server_key_file = .*#ssl_server_key_file = /etc/dovecot/stale-key.pem#' dovecot.conf`,
  ),
  wrongHost(
    "mail that is not signed",
    "account-dkim",
    "rspamd",
    "echo 'enabled = false;' >override.d/dkim_signing.conf",
  ),
];

/** Changes the MTA-STS policy that the host serves. */
const policy = (expression: string) =>
  `sed -i '${expression}' web/mta-sts.example.test/.well-known/mta-sts.txt`;

/** Faults of what the host's web server has to tell. */
export const webFaults: readonly Fault[] = [
  wrongHost(
    "an MTA-STS policy for another host",
    "mta-sts-mx",
    "nginx",
    policy("s/^mx: .*/mx: other.example.test\\r/"),
  ),
  wrongHost("an MTA-STS policy in testing", "mta-sts-mode", "nginx", policy("s/enforce/testing/")),
  wrongHost(
    "an MTA-STS policy for a minute",
    "mta-sts-max-age",
    "nginx",
    policy("s/max_age: .*/max_age: 60\\r/"),
  ),
  wrongHost("an MTA-STS policy without an end of its mode", "mta-sts-policy", "nginx", policy("/^mode/d")),
  wrongHost(
    "settings for clients at a port that is closed",
    "discovery-autoconfig",
    "nginx",
    "sed -i 's/<port>993/<port>995/' web/autoconfig.example.test/mail/config-v1.1.xml",
  ),
];
