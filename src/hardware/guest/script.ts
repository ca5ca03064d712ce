import { quote } from "../../actions/quote.ts";
import { shortHash } from "../hash.ts";
import type { GuestRecipe } from "./recipe.ts";

/** Folder of this machine that holds a guest. @param cache see `cache()` in config/paths.ts */
export const guestDirectory = (recipe: GuestRecipe, cache: string): string =>
  `${cache}/guest/${shortHash(build(recipe))}`;

/**
 * Shell that makes `vmlinuz`, `initrd.gz` and `blank.qcow2` in a folder, once. The folder itself is never replaced:
 * nodes have it mounted, perhaps since before it was filled. `vmlinuz` comes last, so where it is, all is.
 */
export function guestScript(recipe: GuestRecipe, directory: string): string {
  return `set -eu
directory=${quote(directory)}
mkdir -p "$directory"
exec 9> "$directory.lock"
flock 9
if [ -e "$directory/vmlinuz" ]; then
  echo "guest image is there"
  exit 0
fi
${build(recipe)}
`;
}

function build(recipe: GuestRecipe): string {
  return `echo "making the guest image: kernel, BusyBox and dropbear from Debian ${recipe.suite}"
work=$directory.partial
rm -rf "$work"
mkdir -p "$work/parts" "$work/root"
${extract(recipe)}
${layOut(recipe)}
${pack}
rm -rf "$work"`;
}

/** Unpacks the packages without installing them: nothing is run as root, nothing of this machine's is touched. */
function extract(recipe: GuestRecipe): string {
  const proxy = recipe.proxy === null ? "" : ` --aptopt=${quote(`Acquire::http::Proxy "${recipe.proxy}";`)}`;
  return `mmdebstrap --quiet --variant=extract --format=tar --aptopt='APT::Install-Recommends "false";'${proxy} \\
  --aptopt='Acquire::Languages "none";' --aptopt='Acquire::Retries "3";' \\
  --include=${quote(recipe.packages.join(","))} \\
  ${quote(recipe.suite)} "$work/parts.tar" ${recipe.sources.map(quote).join(" ")} < /dev/null 2>&1
tar -C "$work/parts" --no-same-owner --exclude=./dev --exclude=./usr/share -xf "$work/parts.tar"
parts=$work/parts root=$work/root
# The parts' own libraries, not this machine's, which may be older.
loader="$parts/usr/lib64/ld-linux-x86-64.so.2"
libraries=$parts/usr/lib/x86_64-linux-gnu
part() {
  program=$parts/usr/$1
  shift
  "$loader" --library-path "$libraries" "$program" "$@"
}`;
}

function layOut(recipe: GuestRecipe): string {
  const files = Object.entries(recipe.files).map(
    ([path, text]) =>
      `mkdir -p "$root"${quote(path.replace(/\/[^/]*$/, "/"))}\n` +
      `printf %s ${quote(text)} > "$root"${quote(path)}` +
      (text.startsWith("#!") ? `\nchmod 0755 "$root"${quote(path)}` : ""),
  );
  return `mkdir -p "$root/bin" "$root/sbin" "$root/lib/modules" "$root/lib64" "$root/lib/x86_64-linux-gnu" \\
  "$root/proc" "$root/sys" "$root/dev" "$root/run" "$root/tmp" "$root/var/run" "$root/var/log" "$root/etc/dropbear" "$root/root/.ssh" "$root/disk"
chmod 0700 "$root/root" "$root/root/.ssh"
cp "$parts/usr/bin/busybox" "$root/bin/"
"$parts/usr/bin/busybox" --list | while read -r applet; do
  [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"
done
ln -s bin/busybox "$root/init"
cp "$parts/usr/sbin/dropbear" "$parts/usr/bin/dropbearkey" "$root/sbin/"
cp -L "$loader" "$root/lib64/"
"$loader" --library-path "$libraries" --list "$parts/usr/sbin/dropbear" |
  sed -n 's/.*=> \\(.*\\) (.*/\\1/p' | grep "^$libraries" | while read -r library; do
    cp -L "$library" "$root/lib/x86_64-linux-gnu/"
  done
for module in ${recipe.modules.map(quote).join(" ")}; do
  file=$(find "$parts/usr/lib/modules" -name "$module.ko.xz")
  [ -n "$file" ] || { echo "guest image: the kernel package has no module $module" >&2; exit 1; }
  "$parts/usr/bin/busybox" xzcat "$file" > "$root/lib/modules/$module.ko"
  echo "$module" >> "$root/lib/modules/order"
done
${files.join("\n")}`;
}

/** The disk is a formatted one: Glance and Nova refuse a disk of zeros, whose format nobody can tell. */
const pack = `(cd "$root" && find . | "$parts/usr/bin/busybox" cpio -o -H newc -R 0:0 2> /dev/null | gzip -9n) > "$work/initrd.gz"
truncate -s 64M "$work/blank.raw"
part sbin/mke2fs -q -F -t ext4 "$work/blank.raw"
part bin/qemu-img convert -O qcow2 "$work/blank.raw" "$work/blank.qcow2"
cp "$parts"/boot/vmlinuz-* "$work/vmlinuz"
chmod 0644 "$work/vmlinuz" "$work/initrd.gz" "$work/blank.qcow2"
mv "$work/blank.qcow2" "$work/initrd.gz" "$directory/"
mv "$work/vmlinuz" "$directory/vmlinuz"`;
