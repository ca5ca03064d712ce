installed() { dpkg-query -W -f '${db:Status-Status} ${Package} ${Version}\n' | sed -n 's/^installed //p' | sort; }
# What apt would keep for its own sake, such as another awk: packages that were pulled in and were not there before, where
# nothing else goes with them.
pulled=
for package in $(apt-mark showauto); do grep -q "^$package " $before/packages || pulled="$pulled $package"; done
if [ -n "$pulled" ]; then
  going=$(apt-get -q --simulate --allow-remove-essential purge $pulled | sed -n 's/^Purg \([^ ]*\) .*/\1/p')
  others=
  for package in $going; do case " $pulled " in *" $package "*) ;; *) others="$others $package" ;; esac; done
  [ -n "$others" ] || apt-get -q -y --allow-remove-essential -o DPkg::Lock::Timeout=900 purge $pulled < /dev/null
fi
# Networks of agents that were stopped before they could tidy up.
if command -v ip > /dev/null; then
  for space in $(ip netns list 2> /dev/null | awk '/^(qrouter|qdhcp|snat|fip)-/ { print $1 }'); do
    ip netns pids "$space" | xargs -r kill
    ip netns delete "$space"
  done
fi
for place in @@PLACES@@; do
  for name in @@NAMES@@; do
    path=$place/$name
    if [ -e "$path" ] && ! was "$path"; then
      rm -rf "$path"
      echo "removed $path"
    fi
  done
done
# Packages such as polkitd are taken away without being stopped, and a user that a process still has cannot go.
leave() {
  for try in 1 2 3 4 5 6 7 8 9 10; do
    find /proc -maxdepth 1 -name '[0-9]*' -user "$1" -printf '%f\n' 2> /dev/null | xargs -r kill -KILL 2> /dev/null || :
    if userdel "$1"; then echo "removed user $1" && return; fi
    sleep 0.5
  done
  echo "@@NOT_UNDONE@@the user $1"
}
there() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2> /dev/null)" = installed ]; }
for pair in @@USERS@@; do
  user=${pair%:*}
  if id "$user" > /dev/null 2>&1 && ! grep -qx "$user" $before/users && ! there "${pair#*:}"; then
    leave "$user"
  fi
done
for pair in @@GROUPS@@; do
  group=${pair%:*}
  if getent group "$group" > /dev/null && ! grep -qx "$group" $before/groups && ! there "${pair#*:}"; then
    if groupdel "$group"; then echo "removed group $group"; else echo "@@NOT_UNDONE@@the group $group"; fi
  fi
done
find /etc/systemd/system -xtype l | while read -r path; do was "$path" || rm "$path"; done
for file in /var/cache/apt/archives/*.deb; do was "$file" || rm -f "$file"; done
# Folders that only held files of ours.
owned() { dpkg-query -S "$1" > /dev/null 2>&1; }
find /etc /usr/local -xdev -depth -maxdepth 4 -type d -empty | while read -r path; do was "$path" || owned "$path" || rmdir "$path"; done
installed > $before/now
comm -13 $before/packages $before/now | while read -r package version; do
  if grep -q "^$package " $before/packages; then
    echo "@@NOT_UNDONE@@the package $package is newer now ($version)"
  else
    echo "@@NOT_UNDONE@@the package $package stays ($version): this lab did not install it, or something else needs it"
  fi
done
comm -23 $before/packages $before/now | while read -r package version; do
  grep -q "^$package " $before/now || echo "@@NOT_UNDONE@@the package $package ($version) is gone"
done
find /etc -xdev -maxdepth 4 | while read -r path; do
  was "$path" || case $path in *-) ;; *) owned "$path" || echo "@@NOT_UNDONE@@$path" ;; esac
done | head -n 20
