import { NOT_UNDONE } from "./words.ts";

/** Folders (and files) that services fill and that their packages leave behind, in any of these places. */
const PLACES = ["/etc", "/var/lib", "/var/log", "/var/cache", "/var/spool"];
const NAMES = [
  ..."keystone glance placement nova cinder neutron openstack openstack-dashboard openvswitch".split(" "),
  ..."rabbitmq mysql mysql-files mysql-keyring apache2 memcached libvirt qemu uwsgi swtpm-localca".split(" "),
  ..."scratchstack rabbitmq-server".split(" "),
];

/** Users and groups that Debian's packages make and do not take away. */
const USERS = [
  ..."keystone glance placement nova cinder neutron horizon mysql rabbitmq epmd memcache".split(" "),
  ..."openvswitch libvirt-qemu libvirt-dnsmasq dnsmasq swtpm tss polkitd".split(" "),
];
const GROUPS = [...USERS, "libvirt", "_ssh-nova"];

/** Root's shell, with `$before` set: takes away what is left of the course's services, and names what it does not know. */
export const LEFTOVERS = `was() { grep -qxF "$1" $before/entries; }
# Networks of agents that were stopped before they could tidy up.
if command -v ip > /dev/null; then
  for space in $(ip netns list 2> /dev/null | awk '/^(qrouter|qdhcp|snat|fip)-/ { print $1 }'); do
    ip netns pids "$space" | xargs -r kill
    ip netns delete "$space"
  done
fi
for place in ${PLACES.join(" ")}; do
  for name in ${NAMES.join(" ")}; do
    path=$place/$name
    if [ -e "$path" ] && ! was "$path"; then
      rm -rf "$path"
      echo "removed $path"
    fi
  done
done
for user in ${USERS.join(" ")}; do
  if id "$user" > /dev/null 2>&1 && ! grep -qx "$user" $before/users; then userdel "$user" 2> /dev/null && echo "removed user $user"; fi
done
for group in ${GROUPS.join(" ")}; do
  if getent group "$group" > /dev/null && ! grep -qx "$group" $before/groups; then groupdel "$group" 2> /dev/null && echo "removed group $group"; fi
done
for file in /var/cache/apt/archives/*.deb; do was "$file" || rm -f "$file"; done
# Folders that only held files of ours.
find /etc /usr/local /var/lib -xdev -maxdepth 3 -depth -type d -empty | while read -r path; do was "$path" || rmdir "$path"; done
dpkg-query -W -f '\${db:Status-Status} \${Package} \${Version}\\n' | sed -n 's/^installed //p' | sort > $before/now
comm -13 $before/packages $before/now | while read -r package version; do
  if grep -q "^$package " $before/packages; then
    echo "${NOT_UNDONE}the package $package is newer now ($version)"
  else
    echo "${NOT_UNDONE}the package $package stays ($version): this lab did not install it, or something else needs it"
  fi
done
comm -23 $before/packages $before/now | while read -r package version; do
  grep -q "^$package " $before/now || echo "${NOT_UNDONE}the package $package ($version) is gone"
done
find /etc -xdev -maxdepth 3 | while read -r path; do
  was "$path" || case $path in *-) ;; *) dpkg-query -S "$path" > /dev/null 2>&1 || echo "${NOT_UNDONE}$path" ;; esac
done`;
