import type { Drift } from "./types.ts";

const client = "export OS_CLOUD=admin";

/** What an administrator may do on the control node: below OpenStack, and to the services themselves. */
export const CONTROL: readonly Drift[] = [
  {
    title: "`max_connections` edited in MariaDB's file",
    step: "mariadb/configure@control",
    break:
      "sed -i 's/^max_connections = .*/max_connections = 10/' /etc/mysql/mariadb.conf.d/90-scratchstack.cnf",
  },
  {
    title: "MariaDB stopped",
    step: "mariadb/start@control",
    break: "systemctl stop mariadb",
  },
  {
    title: "the services' user deleted from RabbitMQ",
    step: "rabbitmq/create-user@control",
    break: "rabbitmqctl --silent delete_user openstack </dev/null",
  },
  {
    title: "package memcached removed",
    step: "memcached/install-packages@control",
    break:
      "DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 remove memcached </dev/null",
    sample: 1,
  },
  {
    title: "memcached disabled: it would not start after a reboot",
    step: "memcached/start@control",
    break: "systemctl disable --quiet memcached",
  },
  {
    title: "an option removed from keystone.conf, keystone restarted",
    step: "keystone/configure@control",
    break: "sed -i '/^provider *=/d' /etc/keystone/keystone.conf\nsystemctl restart keystone",
  },
  {
    title: "another password for Keystone's user in MariaDB",
    step: "keystone/create-database@control",
    break: "mariadb -e \"ALTER USER keystone@'%' IDENTIFIED BY 'another'\"",
  },
  {
    title: "clouds.yaml readable by everybody",
    step: "keystone/admin-credentials@control",
    break: "chmod 0644 /etc/openstack/clouds.yaml",
  },
  {
    title: "Placement's uWSGI file with eight processes",
    step: "placement/tune@control",
    break: "sed -i 's/^processes *=.*/processes = 8/' /etc/placement/placement-api-uwsgi.ini",
  },
  {
    title: "placement-api stopped and disabled",
    step: "placement/start@control",
    break: "systemctl disable --quiet --now placement-api",
  },
  {
    title: "user nova deleted from Keystone",
    step: "nova/create-identity@control",
    break: `${client}\nopenstack user delete nova`,
    sample: 2,
  },
  {
    title: "an option edited in nova.conf, Nova not restarted",
    step: "nova/configure@control",
    break: "sed -i '/^\\[scheduler\\]/,/^\\[/ s/^workers *=.*/workers = 3/' /etc/nova/nova.conf",
  },
  {
    title: "nova-scheduler stopped",
    step: "nova/start@control",
    break: "systemctl stop nova-scheduler",
  },
  {
    title: "the secret that Nova shares with Neutron changed",
    step: "nova/configure-metadata@control",
    break:
      "sed -i 's/^metadata_proxy_shared_secret *=.*/metadata_proxy_shared_secret = guessed/' /etc/nova/nova.conf",
  },
  {
    title: "compute nodes removed from their cell",
    step: "nova-compute/discover-hosts@control",
    // As `nova-manage cell_v2 delete_host` does for a host without servers.
    break: 'mariadb -e "DELETE FROM nova_api.host_mappings; UPDATE nova.compute_nodes SET mapped = 0"',
  },
  {
    title: "another physical network in ml2_conf.ini",
    step: "neutron/configure-networks@control",
    break: "sed -i 's/^flat_networks *=.*/flat_networks = other/' /etc/neutron/plugins/ml2/ml2_conf.ini",
  },
  {
    title: "role service removed from user neutron",
    step: "neutron/create-identity@control",
    break: `${client}\nopenstack role remove --project service --user neutron service`,
  },
  {
    title: "Glance's database user dropped",
    step: "glance/create-database@control",
    break: "mariadb -e \"DROP USER glance@'%'\"",
    sample: 1,
  },
  {
    title: "public endpoint of Glance deleted",
    step: "glance/create-identity@control",
    break: `${client}\nopenstack endpoint delete $(openstack endpoint list --service glance --interface public -f value -c ID)`,
  },
  {
    title: "service cinderv3 deleted from the catalog",
    step: "cinder/create-identity@control",
    break: `${client}\nopenstack service delete cinderv3`,
  },
  {
    title: "a backend that does not exist enabled in cinder.conf",
    step: "cinder/configure@control",
    break: "sed -i '/^\\[DEFAULT\\]/a enabled_backends = lvm' /etc/cinder/cinder.conf",
  },
  {
    title: "keystone.conf, which holds a password, readable by everybody",
    step: "keystone/configure@control",
    break: "chmod 0644 /etc/keystone/keystone.conf",
  },
  {
    title: "nova-conductor masked",
    step: "nova/start@control",
    break: "systemctl mask --quiet --now nova-conductor",
  },
  {
    title: "the only Fernet key in use deleted",
    step: "keystone/create-keys@control",
    break: "find /etc/keystone/fernet-keys -name '[1-9]*' -delete",
  },
  {
    title: "service glance disabled in the catalog",
    step: "glance/create-identity@control",
    break: `${client}\nopenstack service set --disable glance`,
  },
  {
    title: "user placement disabled",
    step: "placement/create-identity@control",
    break: `${client}\nopenstack user set --disable placement`,
  },
  {
    title: "nova-compute disabled",
    step: "nova-compute/discover-hosts@control",
    break: `${client}\nopenstack compute service set --disable compute nova-compute`,
  },
  {
    title: "admin state of the L3 agent down",
    step: "first-network/see-agents@control",
    break: `${client}\nopenstack network agent set --disable $(openstack network agent list --agent-type l3 -f value -c ID)`,
  },
  {
    title: "a line added to Horizon's settings",
    step: "horizon/configure@control",
    break: "echo 'DEBUG = True' >> /etc/openstack-dashboard/local_settings.d/_1000_scratchstack.py",
  },
  {
    title: "the site default-ssl enabled",
    step: "horizon/disable-ssl-site@control",
    break: "a2ensite -q default-ssl",
  },
];
