echo "making the guest image: kernel, BusyBox and dropbear from Debian @@SUITE@@"
work=$directory.partial
rm -rf "$work"
mkdir -p "$work/parts" "$work/root"
# The packages are unpacked and not installed: nothing runs as root, and nothing of this machine is touched. # not sent
mmdebstrap --quiet --variant=extract --format=tar --aptopt='APT::Install-Recommends "false";'@@PROXY_OPTION@@ \
  --aptopt='Acquire::Languages "none";' --aptopt='Acquire::Retries "3";' \
  --include=@@PACKAGES@@ \
  @@QUOTED_SUITE@@ "$work/parts.tar" @@SOURCES@@ < /dev/null 2>&1
tar -C "$work/parts" --no-same-owner --exclude=./dev --exclude=./usr/share -xf "$work/parts.tar"
tar -C "$work/parts" --no-same-owner -xf "$work/parts.tar" ./usr/share/ca-certificates
parts=$work/parts root=$work/root
# The parts' own libraries, not this machine's, which may be older.
loader="$parts/usr/lib64/ld-linux-x86-64.so.2"
libraries=$parts/usr/lib/x86_64-linux-gnu
part() {
  program=$parts/usr/$1
  shift
  "$loader" --library-path "$libraries" "$program" "$@"
}
mkdir -p "$root/bin" "$root/sbin" "$root/lib/modules" "$root/lib64" "$root/lib/x86_64-linux-gnu" \
  "$root/etc/ssl/certs" "$root/proc" "$root/sys" "$root/dev" "$root/run" "$root/tmp" "$root/var/run" "$root/var/log" "$root/etc/dropbear" "$root/root/.ssh" "$root/disk"
chmod 0700 "$root/root" "$root/root/.ssh"
cp "$parts/usr/bin/busybox" "$root/bin/"
"$parts/usr/bin/busybox" --list | while read -r applet; do
  [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"
done
ln -s bin/busybox "$root/init"
cp -L "$loader" "$root/lib64/"
for program in @@PROGRAMS@@; do
  # BusyBox may have a smaller one of that name: a link to itself. # not sent
  rm -f "$root/bin/${program#*/}"
  cp "$parts/usr/$program" "$root/$program"
  "$loader" --library-path "$libraries" --list "$parts/usr/$program" |
    sed -n 's/.*=> \(.*\) (.*/\1/p' | grep "^$libraries" | while read -r library; do
      cp -L "$library" "$root/lib/x86_64-linux-gnu/"
    done
done
ln -s mke2fs "$root/sbin/mkfs.ext4"
cat "$parts"/usr/share/ca-certificates/mozilla/*.crt > "$root/etc/ssl/certs/ca-certificates.crt"
for module in @@MODULES@@; do
  file=$(find "$parts/usr/lib/modules" -name "$module.ko.xz")
  [ -n "$file" ] || { echo "guest image: the kernel package has no module $module" >&2; exit 1; }
  "$parts/usr/bin/busybox" xzcat "$file" > "$root/lib/modules/$module.ko"
  echo "$module" >> "$root/lib/modules/order"
done
@@FILES@@
# The disk is formatted: Glance and Nova refuse a disk of zeros, for they cannot tell its format. # not sent
(cd "$root" && find . | "$parts/usr/bin/busybox" cpio -o -H newc -R 0:0 2> /dev/null | gzip -9n) > "$work/initrd.gz"
truncate -s 64M "$work/blank.raw"
part sbin/mke2fs -q -F -t ext4 "$work/blank.raw"
part bin/qemu-img convert -O qcow2 "$work/blank.raw" "$work/blank.qcow2"
cp "$parts"/boot/vmlinuz-* "$work/vmlinuz"
chmod 0644 "$work/vmlinuz" "$work/initrd.gz" "$work/blank.qcow2"
mv "$work/blank.qcow2" "$work/initrd.gz" "$directory/"
mv "$work/vmlinuz" "$directory/vmlinuz"
rm -rf "$work"
