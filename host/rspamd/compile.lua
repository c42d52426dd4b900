-- Compiles the patterns that find domains in text, one for each public suffix, and leaves them in Rspamd's cache.
-- Rspamd would do so by itself at its first start, and keep the 170 MB that it takes for as long as it runs.
-- Nothing to do where the cache has them or Rspamd is built without Hyperscan.
local util = require "rspamd_util"

util.config_from_ucl({
  options = {
    hs_cache_dir = "/var/cache/rspamd/",
    url_tld = "/usr/share/publicsuffix/effective_tld_names.dat",
  },
}, "INIT_LIBS,INIT_URL")
