#!/usr/bin/env bash
# A machine to throw away: this one's file system below an overlay in memory, with systemd
# as process 1. Started in namespaces of its own (see machines.ts), never on the host's.
#
#   boot.sh ROOT HOSTNAME HOSTS_FILE
set -euo pipefail
root=$1

mount -t tmpfs tmpfs "$root"
mkdir "$root"/{upper,work,machine}
mount -t overlay overlay -o "lowerdir=/,upperdir=$root/upper,workdir=$root/work" "$root/machine"
cp "$3" "$root/machine/etc/hosts"
cd "$root/machine"
hostname "$2"
echo "$2" >etc/hostname
tr -d - </proc/sys/kernel/random/uuid >etc/machine-id
# None of the host's own services.
rm -rf etc/systemd/system/*.wants

mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
for directory in run tmp dev; do mount -t tmpfs tmpfs "$directory"; done
# What was changed since boot.
mkdir run/changes
mount --bind "$root/upper" run/changes
for device in null zero full random urandom tty; do
  touch "dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
mkdir dev/shm dev/pts
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
mkdir run/host
pivot_root . run/host
umount -l /run/host
# As on a machine: systemd makes name spaces of its own for the units.
mount --make-rshared /
exec env -i container=krafter PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  /lib/systemd/systemd --system --unit=multi-user.target --show-status=0
