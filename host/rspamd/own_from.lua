-- What a recipient sees of a user's sender is From: Postfix holds only the sender of the envelope to the user's own
-- addresses. Refused at once, as there (RFC 6409 section 6.1).
local lua_util = require "lua_util"
local senders = rspamd_config:add_map({
  type = "map",
  url = "/etc/rspamd/senders.map",
  description = "Addresses, and the users whose they are",
})

local function owns(user, address)
  local base = address:lower():gsub("%+[^@]*@", "@")
  for owner in (senders:get_key(base) or ""):gmatch("[^, ]+") do
    if owner == user then
      return true
    end
  end
  return false
end

local function trouble(task, user)
  if task:get_header_count("From") ~= 1 then
    return "A message has one From header field (RFC 5322 section 3.6)"
  end
  local authors = task:get_from({ "mime", "orig" }) or {}
  if #authors == 0 then
    return "From names no address"
  end
  for _, author in ipairs(authors) do
    if not owns(user, author.addr) then
      return string.format("<%s> in From is not an address of user %s", author.addr, user)
    end
  end
end

rspamd_config:register_symbol({
  name = "FROM_OF_ANOTHER",
  type = "prefilter",
  priority = lua_util.symbols_priorities.top,
  callback = function(task)
    local user = task:get_user()
    local why = user and trouble(task, user:lower())
    if why then
      task:set_pre_result("reject", why, "own_from")
    end
  end,
})
