#!/bin/sh
# What every boot needs, network or not.
export PATH=/bin:/sbin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts
mount -t devpts pts /dev/pts
for module in $(cat /lib/modules/order); do insmod "/lib/modules/$module.ko" 2> /dev/null; done
hostname guest
mount -t ext4 /dev/vda /disk 2> /dev/null
ip link set lo up
acpid
true
