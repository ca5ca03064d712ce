import { ORIGINAL, UNFINISHED } from "../../actions/shell.ts";
import { programText } from "../../config/program-text.ts";
import { NOT_UNDONE } from "../kind.ts";

/** Folders (and files) that services fill and that their packages leave behind, in any of these places. */
const PLACES = ["/etc", "/var/lib", "/var/log", "/var/cache", "/var/spool"];
const NAMES = [
  ..."keystone glance placement nova cinder neutron openstack openstack-dashboard openvswitch horizon".split(
    " ",
  ),
  ..."rabbitmq rabbitmq-server mysql mysql-files mysql-keyring apache2 memcached memcached.log libvirt qemu".split(
    " ",
  ),
  ..."uwsgi swtpm-localca libuuid machines portables tpm polkit-1 alternatives.log scratchstack".split(" "),
];

/** Users that Debian's packages make and do not take away, each with its package: while that is there, so is its user. */
const USERS: Readonly<Record<string, string>> = {
  keystone: "keystone",
  glance: "glance-common",
  placement: "placement-common",
  nova: "nova-common",
  cinder: "cinder-common",
  neutron: "neutron-common",
  horizon: "openstack-dashboard",
  mysql: "mariadb-server",
  rabbitmq: "rabbitmq-server",
  epmd: "erlang-base",
  memcache: "memcached",
  openvswitch: "openvswitch-switch",
  "libvirt-qemu": "libvirt-daemon-system",
  "libvirt-dnsmasq": "libvirt-daemon-system",
  dnsmasq: "dnsmasq-base",
  swtpm: "swtpm",
  tss: "tpm-udev",
  polkitd: "polkitd",
  uuidd: "uuid-runtime",
  radvd: "radvd",
};
/** Likewise groups. */
const GROUPS: Readonly<Record<string, string>> = {
  ...USERS,
  libvirt: "libvirt-daemon-system",
  input: "udev",
  sgx: "udev",
  clock: "udev",
  kvm: "udev",
  render: "udev",
  rdma: "ibverbs-providers",
};
const pairs = (all: Readonly<Record<string, string>>): string =>
  Object.entries(all)
    .map((pair) => pair.join(":"))
    .join(" ");

/**
 * Root's shell, with `$before` set: files of interrupted steps. No state knows such a step, so nobody undid it; what it
 * keeps of a file tells of it.
 */
export const CUT_OFF = programText("hardware/hosts/cut-off.sh", { ORIGINAL, UNFINISHED });

/** Root's shell, after that of CUT_OFF: takes away what is left of the course's services, and names what it does not know. */
export const LEFTOVERS = programText("hardware/hosts/leftovers.sh", {
  NOT_UNDONE,
  PLACES: PLACES.join(" "),
  NAMES: NAMES.join(" "),
  USERS: pairs(USERS),
  GROUPS: pairs(GROUPS),
});
