# Builds the image TARGET unless another run has by now; holds TARGET's lock. "$@" are mmdebstrap's arguments, with
# PART as the directory it builds in. The mount namespace is its own: whatever is mounted meanwhile ends with it.

umask 022
if [ -d "$TARGET" ]; then exit 0; fi

trap 'rm -rf --one-file-system "$PART"' EXIT
trap 'exit 1' HUP INT PIPE TERM
rm -rf --one-file-system "$PART"
mmdebstrap "$@"
mv "$PART" "$TARGET"
