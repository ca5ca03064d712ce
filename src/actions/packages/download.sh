export DEBIAN_FRONTEND=noninteractive
mkdir -p @@AHEAD@@/partial @@STATE@@
exec 9>@@STATE@@/download.lock
flock 9
apt-get -q -y --no-install-recommends --download-only -o Debug::NoLocking=1 -o Dir::Cache::archives=@@AHEAD@@ \
  -o APT::Sandbox::User=root -o Acquire::Retries=5 install @@NAMES@@ </dev/null
find @@AHEAD@@ -maxdepth 1 -name '*.deb' -exec mv -f -t /var/cache/apt/archives/ {} +
exec 9>&-
