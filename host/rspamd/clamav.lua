-- Has clamd scan each message, whole; what it has not found clean does not pass. Rspamd's own module (antivirus, 3.12) is
-- not used: it lets a message pass when the scanner answers with an error, and shows it to the scanner as it came, so
-- that one which begins like a program ("MZ: 1") is not taken for mail, and its attachments are never seen.
local tcp = require "rspamd_tcp"
local util = require "rspamd_util"

local socket = "{{socket}}"
local envelope = "From mailserver\n"
local unscanned = "The virus scanner is not ready, try again later"
local too_large = "Too large or nested too deeply, once unpacked, to be scanned for malware"

-- The host's own mail has nothing in it that was not scanned when it came in.
local function is_own(task)
  local address = task:get_from_ip()
  return address and address:is_valid() and address:is_local() and not task:get_user()
end

local function judged(task)
  task:get_mempool():set_variable("clamd", "judged")
end

local function refuse(task, symbol, found, message)
  judged(task)
  task:insert_result(symbol, 0.0, found)
  task:set_pre_result("reject", message, "clamd")
end

local function judge(task, answer)
  local found = answer:match("^stream: (.+) FOUND$")
  if answer == "stream: OK" then
    judged(task)
  elseif not found or found:find("MaxScanTime", 1, true) then
    task:insert_result("CLAMD_FAIL", 0.0, answer)
  elseif found:find("^Heuristics%.Limits%.Exceeded") then
    refuse(task, "CLAMD_LIMITS", found, too_large)
  else
    refuse(task, "CLAMD_FOUND", found, "Malware found: " .. found)
  end
end

local function chunk(content)
  return util.pack(">I4", #content)
end

local function scan(task)
  if is_own(task) then return end
  local content = task:get_content()
  tcp.request({
    task = task,
    host = socket,
    -- Less than the task has (task_timeout).
    timeout = 50.0,
    data = { "zINSTREAM\0", chunk(envelope), envelope, chunk(content), content, chunk("") },
    stop_pattern = "\0",
    callback = function(err, answer)
      judge(task, err or tostring(answer))
    end,
  })
end

local function require_verdict(task)
  if not is_own(task) and task:get_mempool():get_variable("clamd") ~= "judged" then
    task:set_pre_result("soft reject", unscanned, "clamd")
  end
end

local id = rspamd_config:register_symbol({ name = "CLAMD", callback = scan })
for _, name in ipairs({ "CLAMD_FOUND", "CLAMD_LIMITS", "CLAMD_FAIL" }) do
  rspamd_config:register_symbol({ name = name, type = "virtual", parent = id, score = 0.0, group = "antivirus" })
end
rspamd_config:register_symbol({ name = "CLAMD_VERDICT", type = "postfilter", callback = require_verdict })
