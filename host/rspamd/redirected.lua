-- What a user's filter sends on (Sieve's redirect) says what a stranger wrote, and who is in From may be forged: a
-- signature would vouch for it. What was signed by its author is so still.
rspamd_config:add_condition("DKIM_SIGNED", function(task)
  return task:get_user() ~= nil or not task:has_header("X-Sieve-Redirected-From")
end)
