-- What goes into reports to the domain in From (RFC 9990), host/dmarc-reports: Rspamd counts equal ones in Redis, by day
-- and domain. Its own text has no selectors, and "none" for an SPF that passes for another domain.
local dmarc = require "plugins/dmarc"
local lua_util = require "lua_util"
local ucl = require "ucl"

local dkim = { R_DKIM_ALLOW = "pass", R_DKIM_REJECT = "fail", R_DKIM_TEMPFAIL = "temperror", R_DKIM_PERMFAIL = "permerror" }
local spf = {
  R_SPF_ALLOW = "pass", R_SPF_FAIL = "fail", R_SPF_SOFTFAIL = "softfail", R_SPF_NEUTRAL = "neutral",
  R_SPF_DNSFAIL = "temperror", R_SPF_PERMFAIL = "permerror",
}

-- Each as "result selector domain", in an order of their own, so that equal messages have equal texts.
local function signatures(task)
  local all = {}
  for symbol, result in pairs(dkim) do
    for _, found in ipairs(task:get_symbol(symbol) or {}) do
      for _, option in ipairs(found.options or {}) do
        local domain, selector = option:match("^([^:%s]+):s=(%S+)$")
        if domain then table.insert(all, table.concat({ result, selector, domain }, " ")) end
      end
    end
  end
  table.sort(all)
  return all
end

local function spf_result(task)
  for symbol, result in pairs(spf) do
    if task:has_symbol(symbol) then return result end
  end
  return "none"
end

dmarc.dmarc_report = function(task, _, data)
  local ip = task:get_from_ip()
  if not ip or not ip:is_valid() or lua_util.is_rspamc_or_controller(task) then return nil end
  return ucl.to_format({
    ip:to_string(), data.domain, data.disposition, data.spf_ok, data.dkim_ok, data.spf_domain or "", spf_result(task),
    signatures(task),
  }, "json-compact")
end
