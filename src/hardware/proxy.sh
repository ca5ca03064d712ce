set -eu
new=@@FILE@@.new
rm -f "$new"
(umask 077; cat > "$new") <<'END'
@@LINES@@
END
chmod @@MODE@@ "$new"
mv "$new" @@FILE@@
# Addresses that only the package cache of this machine understands. # not sent
if [ -e /etc/apt/sources.list ] && grep -q 'http://HTTPS///' /etc/apt/sources.list; then sed -i 's,http://HTTPS///,https://,' /etc/apt/sources.list; fi
echo @@SAY@@
