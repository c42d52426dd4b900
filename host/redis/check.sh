# Redis has no way to judge its configuration but to start with it: here, on a socket and in a directory of its own.
place=$(mktemp --directory)
trap 'rm --recursive "$place"' EXIT
cd "$place"
redis-server /etc/redis/redis.conf --unixsocket "$place/socket" >said 2>&1 &
for _ in $(seq 100); do
  if redis-cli -s "$place/socket" shutdown nosave >/dev/null 2>&1; then wait $! && exit 0; fi
  jobs %1 >/dev/null 2>&1 || break
  sleep 0.05
done
cat said
exit 1
