# mmdebstrap's customize-hook: $1 is the image, with everything installed.

enabled() {
  chroot "$1" systemctl list-unit-files --type=service,socket --state=enabled --plain --no-legend |
    cut -d' ' -f1 | sort
}

if [ -n "$DISABLE_SERVICES" ]; then
  enabled "$BASE" >"$1/tmp/before"
  enabled "$1" | comm -13 "$1/tmp/before" - | xargs -r chroot "$1" systemctl --quiet disable
  rm "$1/tmp/before"
fi

# What mmdebstrap took over from this machine, and what must differ from machine to machine.
for file in hostname resolv.conf; do
  if [ ! -L "$1/etc/$file" ]; then rm -f "$1/etc/$file"; fi
done
if [ -d "$1/etc/apt/image.list.d" ]; then
  rm -r "$1/etc/apt/sources.list.d"
  mv "$1/etc/apt/image.list.d" "$1/etc/apt/sources.list.d"
fi
rm -f "$1"/etc/apt/sources.list "$1"/etc/apt/apt.conf.d/99mmdebstrap "$1"/etc/ssh/ssh_host_*_key*

chroot "$1" sh -eu -c "$SETUP"
