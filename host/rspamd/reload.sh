# Has Rspamd, whose main process is $1, read its configuration again, and waits until that is in force: the processes
# before it stop taking mail as soon as there are new ones.
newest() {
  pgrep --newest --parent "$1" --full '^rspamd: rspamd_proxy' || true
}

former=$(newest "$1")
kill -HUP "$1"
attempts=0
until [ "$(newest "$1")" != "$former" ]; do
  attempts=$((attempts + 1))
  if [ "$attempts" -gt 600 ]; then
    echo "The configuration was read, and after a minute nothing filters by it." >&2
    exit 1
  fi
  sleep 0.1
done
