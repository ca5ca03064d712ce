import { bootAction, CLIENT, lostServer } from "./servers.ts";
import { guestFiles, setting } from "./tokens.ts";
import type { Service } from "./types.ts";

/** Files of the small guest, which boots without a boot loader. */
const GUEST = guestFiles();

/** What a guest prints on its console when it is up: the small guest, and CirrOS. */
const UP = "scratchstack guest .* is up|login:";

/** Lab001 is done when a server boots and says so. */
export const firstServer: Service = {
  id: "first-server",
  title: "The first server",
  module: "001",
  steps: [
    {
      id: "first-server/upload-image",
      title: "Upload an image",
      why: "A server needs a disk to start from. The small guest boots directly: its kernel and its initial file system are separate images, and the disk is blank.",
      role: "control",
      after: ["glance/start", "glance/create-identity"],
      action: {
        kind: "command",
        run: `
${CLIENT}
for old in $(openstack image list -f value -c ID -c Name | sed -nE 's/ guest(-kernel|-ramdisk)?$//p'); do
  openstack image delete "$old"
done
upload() {
  name=$1
  shift
  openstack image create --public "$@" -f value -c id "$name"
}
if [ '${setting("guest_image")}' = direct ]; then
  kernel=$(upload guest-kernel --file ${GUEST}/vmlinuz --disk-format aki --container-format aki)
  ramdisk=$(upload guest-ramdisk --file ${GUEST}/initrd.gz --disk-format ari --container-format ari)
  upload guest --file ${GUEST}/blank.qcow2 --disk-format qcow2 --container-format bare \\
    --property kernel_id="$kernel" --property ramdisk_id="$ramdisk" --property os_command_line='console=ttyS0'
else
  mkdir -p ${GUEST}
  curl --silent --show-error --fail --location --retry 3 --output ${GUEST}/cirros.img '${setting("guest_url")}'
  if [ -n '${setting("guest_sha256")}' ]; then
    echo '${setting("guest_sha256")}  ${GUEST}/cirros.img' | sha256sum --check --quiet -
  fi
  upload guest --file ${GUEST}/cirros.img --disk-format qcow2 --container-format bare
fi`.trim(),
        holds: { kind: "image", name: "guest", is: { status: "active" } },
        undo: `
${CLIENT}
for old in $(openstack image list -f value -c ID -c Name | sed -nE 's/ guest(-kernel|-ramdisk)?$//p'); do
  openstack image delete "$old"
done`.trim(),
      },
      see: "an active image called guest",
    },
    {
      id: "first-server/create-flavor",
      title: "Create a flavor",
      why: "A flavor defines how many resources of a compute node a server gets.",
      role: "control",
      after: ["nova/start", "nova/create-identity"],
      action: {
        kind: "command",
        run: `
${CLIENT}
for old in $(openstack flavor list --all -f value -c ID -c Name | sed -n 's/ tiny$//p'); do openstack flavor delete "$old"; done
openstack flavor create --vcpus 1 --ram 128 --disk 1 tiny`.trim(),
        holds: {
          kind: "flavor",
          name: "tiny",
          is: { vcpus: "1", ram: "128", disk: "1", "os-flavor-access:is_public": "True" },
        },
        undo: `${CLIENT}\nopenstack flavor delete tiny || true`,
      },
      see: "a flavor called tiny: one processor, 128 MB",
    },
    {
      id: "first-server/boot",
      title: "Boot a server",
      why: "This step uses everything that you built: a token from Keystone, a node from Placement and the scheduler, an image from Glance, a machine from libvirt. The server has no network interface, because there is no network yet.",
      role: "control",
      after: [
        "first-server/upload-image",
        "first-server/create-flavor",
        "nova-compute/discover-hosts",
        "no-network/start",
        "neutron/start",
      ],
      action: bootAction("first", "--nic none", false, {
        what: "the console of server first says that it is up",
        ready: `${CLIENT}\nopenstack console log show first | grep -E '${UP}'`,
        lost: lostServer("first", false),
        seconds: 300,
      }),
      see: "the server first is ACTIVE, and its console says that it is up",
      checks: [
        {
          name: "console",
          expect: "the server's console says that it is up",
          run: `${CLIENT}\nopenstack console log show first | grep -E '${UP}' | tail -n 1 | grep .`,
        },
      ],
    },
  ],
};
