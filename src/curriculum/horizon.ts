import { BEFORE_PACKAGES } from "./checks.ts";
import { KEYSTONE_URL, MEMCACHED } from "./oslo.ts";
import { address, secret, self } from "./tokens.ts";
import type { Service } from "./types.ts";

/** Logs in as a browser does: form, cookie, CSRF token. The data of the form, with the password, comes from stdin. */
const LOGIN = `
jar=$(mktemp)
page=$(mktemp)
trap 'rm -f "$jar" "$page"' EXIT
site=http://${address("control")}/horizon
curl --silent --show-error --fail --location --max-time 60 --cookie-jar "$jar" --output "$page" "$site/auth/login/"
csrf=$(awk '$6 == "csrftoken" { print $7 }' "$jar")
[ -n "$csrf" ]
curl --silent --show-error --fail --location --max-time 60 --cookie "$jar" --cookie-jar "$jar" --output "$page" \\
  --referer "$site/auth/login/" --data @- "$site/auth/login/" <<END
csrfmiddlewaretoken=$csrf&next=/horizon/project/&region=default&username=admin&password=${secret("keystone/admin")}
END
title=$(tr '\\n' ' ' <"$page" | sed -n 's/.*<title>\\(.*\\)<\\/title>.*/\\1/p' | tr -s ' ')
echo "the page is called:$title"
case $title in *Overview*) ;; *) exit 1 ;; esac
grep -q 'Sign Out' "$page"`.trim();

/** The dashboard in the browser. */
export const horizon: Service = {
  id: "horizon",
  title: "Horizon",
  module: "001",
  steps: [
    {
      id: "horizon/install-packages",
      title: "Install Horizon",
      why: "Horizon is a web site that calls the same APIs as the command line, with the token of the user who is logged in.",
      role: "control",
      after: BEFORE_PACKAGES,
      action: { kind: "packages", names: ["openstack-dashboard-apache", "openstack-dashboard"] },
      see: "Horizon and Apache are installed and do not run yet",
    },
    {
      id: "horizon/configure",
      title: "Configure Horizon",
      why: "Horizon needs to know where Keystone is. It reads everything else from the service catalog. Memcached stores its sessions.",
      role: "control",
      action: {
        kind: "file",
        path: "/etc/openstack-dashboard/local_settings.d/_1000_scratchstack.py",
        content: `OPENSTACK_HOST = "${address("control")}"
OPENSTACK_KEYSTONE_URL = "${KEYSTONE_URL}"
ALLOWED_HOSTS = ["*"]
SESSION_ENGINE = "django.contrib.sessions.backends.cache"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.memcached.PyMemcacheCache",
        "LOCATION": "${MEMCACHED}",
    }
}`,
      },
      see: "Horizon's settings name Keystone and Memcached",
    },
    {
      id: "horizon/expect-no-network",
      title: "Tell Horizon that there is no network service",
      why: "The overview page asks Neutron for its quotas. Without Neutron it would show an error.",
      role: "control",
      until: "lab002",
      action: {
        kind: "file",
        path: "/etc/openstack-dashboard/local_settings.d/_1100_no_network.py",
        content: 'OPENSTACK_NEUTRON_NETWORK = {"enable_quotas": False, "enable_router": False}',
      },
      see: "the overview shows only compute and volumes",
    },
    {
      id: "horizon/expect-network",
      title: "Tell Horizon that there is a network service",
      why: "The overview page shows Neutron's quotas. A lab that continues Lab001 still has a file that disables this. Horizon reads the new file after it.",
      role: "control",
      from: "lab002",
      action: {
        kind: "file",
        path: "/etc/openstack-dashboard/local_settings.d/_1200_network.py",
        content: 'OPENSTACK_NEUTRON_NETWORK = {"enable_quotas": True, "enable_router": True}',
      },
      see: "the overview shows networks, routers and floating addresses too",
    },
    {
      id: "horizon/configure-site",
      title: "Run Horizon in one process of its own",
      why: "The packaged site runs Horizon inside each of Apache's processes, and each copy uses memory.",
      role: "control",
      action: {
        kind: "file",
        path: "/etc/apache2/sites-available/openstack-dashboard-alias-only.conf",
        content: `ServerName ${self("name")}
StartServers 1
ServerLimit 2
ThreadsPerChild 16
MaxRequestWorkers 32
MinSpareThreads 4
MaxSpareThreads 32

WSGIDaemonProcess horizon user=www-data group=www-data processes=1 threads=4 display-name=horizon
WSGIScriptAlias /horizon /usr/share/openstack-dashboard/wsgi.py process-group=horizon application-group=%{GLOBAL}
Alias /static /var/lib/openstack-dashboard/static
Alias /horizon/static /var/lib/openstack-dashboard/static
RedirectMatch ^/$ /horizon/

<Directory /usr/share/openstack-dashboard>
    Require all granted
</Directory>

<Directory /var/lib/openstack-dashboard/static>
    Require all granted
</Directory>`,
      },
      see: "one process called horizon serves the site",
    },
    {
      id: "horizon/disable-ssl-site",
      title: "Disable the site that lacks its module",
      why: "The package enables a site with SSL, but not Apache's SSL module. Apache would not start after a reboot.",
      role: "control",
      action: {
        kind: "command",
        run: "a2dissite -q default-ssl\na2ensite -q openstack-dashboard-alias-only",
        holds: `
[ ! -e /etc/apache2/sites-enabled/default-ssl.conf ]
[ -e /etc/apache2/sites-enabled/openstack-dashboard-alias-only.conf ]
apachectl -t 2>&1 | tail -n 1`.trim(),
      },
      see: "Apache accepts its configuration",
    },
    {
      id: "horizon/start",
      title: "Start Apache",
      why: "The dashboard is configured, and Apache serves it.",
      role: "control",
      after: ["horizon/disable-ssl-site", "memcached/start", "base/keep-trying"],
      action: {
        kind: "unit",
        units: ["apache2"],
        ready: `curl --silent --show-error --fail --max-time 30 --output /dev/null http://${address("control")}/horizon/auth/login/`,
      },
      see: `the login page on http://${address("control")}/horizon`,
      checks: [
        { name: "login", expect: "the administrator logs in and sees the project overview", run: LOGIN },
      ],
    },
  ],
};
