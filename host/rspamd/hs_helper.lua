-- Rspamd 3.12 starts a process that compiles rules for Hyperscan even where that is off, and no setting keeps it from
-- it. It takes up to 25 MB, and ended once, it is not started again.
rspamd_config:add_on_load(function(_, ev_base, worker)
  if worker:get_type() == "rspamd_proxy" then
    rspamd_config:add_periodic(ev_base, 5.0, function()
      os.execute("pkill --full '^rspamd: hs_helper process'")
      return false
    end)
  end
end)
