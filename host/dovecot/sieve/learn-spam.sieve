# A user has moved a message into Junk.
require ["vnd.dovecot.pipe", "copy", "imapsieve"];

pipe :copy :try "learn-spam";
