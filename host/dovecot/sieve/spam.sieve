# Runs before a user's own script, which never sees what Rspamd takes for spam: no vacation answer, no redirect.
require "fileinto";

if header :is "X-Spam" "Yes" {
    fileinto "Junk";
    stop;
}
