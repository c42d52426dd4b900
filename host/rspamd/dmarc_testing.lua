-- Rspamd 3.12 judges as RFC 7489 says and knows nothing of `t`: a policy that a domain is only testing counts one step
-- lower (RFC 9989 section 4.7).
local dmarc = require "plugins/dmarc"
local check_record = dmarc.dmarc_check_record
local lower = { reject = "quarantine", quarantine = "none" }

dmarc.dmarc_check_record = function(...)
  local good, policy = check_record(...)
  if good and policy.raw_elts.t == "y" then
    policy.dmarc_policy = lower[policy.dmarc_policy] or policy.dmarc_policy
  end
  return good, policy
end
