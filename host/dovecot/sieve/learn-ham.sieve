# A user has moved a message out of Junk; what goes into Trash is thrown away, not cleared.
require ["vnd.dovecot.pipe", "copy", "imapsieve", "environment"];

if not environment :is "imap.mailbox" "Trash" {
    pipe :copy :try "learn-ham";
}
