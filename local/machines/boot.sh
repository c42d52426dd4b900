# Run in a network and a mount namespace of its own (unshare --net --mount): lays the root disk over the image,
# plugs the network cable, and becomes systemd-nspawn. All mounts end with the machine.
#
# CGROUPS    directories of the control groups to enter, one a line
# IMAGE      the image's root directory
# DISK       directory with upper/, work/, root/ and lower/
# INTERFACE  the guest's interface, MAC its hardware address or empty
# PEER       the other end of the cable, in the named network namespace PEER_NETNS
# "$@"       arguments for systemd-nspawn

printf '%s\n' "$CGROUPS" | while read -r cgroup; do
  echo $$ >"$cgroup/cgroup.procs"
done

ip link add "$INTERFACE" ${MAC:+address "$MAC"} type veth peer name "$PEER" netns "$PEER_NETNS"

# Relative paths: a comma or a colon in an absolute one would end the mount option.
cd "$DISK"
mount --bind "$IMAGE" lower
mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work root

# The sysfs of this network namespace, read-only: else nspawn waits for a udev that knows the interface.
mount -t sysfs -o ro,nosuid,nodev,noexec sysfs /sys
# nspawn takes the layout of control groups for the guest from this mount.
mount -t cgroup2 cgroup2 /sys/fs/cgroup

# nspawn's own notes about the machine, which it would leave behind if it were killed.
mkdir -p /run/systemd/nspawn
mount -t tmpfs -o mode=755 tmpfs /run/systemd/nspawn

exec systemd-nspawn --directory="$DISK/root" "$@"
