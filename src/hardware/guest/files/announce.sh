#!/bin/sh
# On every console: that the guest is up, and, as cloud-init does, the key that its SSH answers with.
addresses=$(ip -o -4 addr show scope global | awk '{ printf "%s%s", sep, $4; sep = ", " }')
read -r uptime rest < /proc/uptime
line="scratchstack guest $(hostname) is up ($uptime s after boot, ${addresses:-no network})"
for console in ttyS0 tty1; do
  [ -c "/dev/$console" ] || continue
  if [ -e /etc/dropbear/public ]; then
    key=$(cat /etc/dropbear/public)
    printf '\r\n-----BEGIN SSH HOST KEY KEYS-----\r\n%s\r\n-----END SSH HOST KEY KEYS-----' "$key" > "/dev/$console"
  fi
  printf '\r\n%s\r\n' "$line" > "/dev/$console"
done
