# Makes packages of what is installed here: repack.sh DIRECTORY VERSION_SUFFIX PACKAGE... prints the files' names.
# A file below DIRECTORY/PACKAGE.changed takes the place of the package's own.
set -eu
directory=$1 suffix=$2
shift 2
for package; do
  tree=$directory/$package.tree
  rm -rf "$tree"
  mkdir -p "$tree/DEBIAN"
  name=$(dpkg-query --show --showformat '${binary:Package}' "$package")
  info=/var/lib/dpkg/info
  for part in conffiles triggers shlibs preinst postinst prerm postrm config templates; do
    for file in "$info/$package.$part" "$info/$name.$part"; do
      if [ -e "$file" ]; then cp -p "$file" "$tree/DEBIAN/$part"; fi
    done
  done
  dpkg-query --listfiles "$package" | while read -r path; do
    if [ -d "$path" ] && [ ! -L "$path" ]; then
      mkdir -p "$tree$path"
      chmod --reference="$path" "$tree$path"
    elif [ -e "$path" ] || [ -L "$path" ]; then
      mkdir -p "$tree$(dirname "$path")"
      cp -a "$path" "$tree$path"
    fi
  done
  if [ -d "$directory/$package.changed" ]; then cp -a --remove-destination "$directory/$package.changed/." "$tree"; fi
  # Of what a package says of itself: not what the database adds, and of itself only by its own version.
  version=$(dpkg-query --show --showformat '${Version}' "$package")
  dpkg-query --status "$package" |
    awk '/^[^ ]/ { skip = /^(Status|Conffiles|Config-Version):/ } !skip' |
    sed "s/^Version: .*/Version: $version$suffix/" >"$tree/DEBIAN/control"
  dpkg-deb --build --root-owner-group -Znone "$tree" "$directory" >/dev/null
  rm -rf "$tree"
done
ls "$directory"/*.deb
