/** Name of the server that is created for measuring, and of its port. */
export const SERVER = "bench";

const CLIENT = "set -eu\nexport OS_CLOUD=admin";

/** Creates port and floating address before the server. Prints the address. */
export const PREPARE = `
${CLIENT}
openstack port create --network private --security-group ssh-and-ping -f value -c id ${SERVER} >&2
address=$(openstack floating ip create --port ${SERVER} -f value -c floating_ip_address public)
tries=0
until [ "$(openstack floating ip show -f value -c status "$address")" = ACTIVE ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 30 ] || { echo "the router has not taken the floating address $address" >&2; exit 1; }
  sleep 0.5
done
echo "$address"`.trim();

/** The command that is measured. */
export const CREATE = `
${CLIENT}
openstack server create --image guest --flavor tiny --key-name lab --port ${SERVER} -f value -c id ${SERVER}`.trim();

/** Prints the server's host keys, `<type> <key>`, once they are on its console. */
export const HOST_KEYS = `
${CLIENT}
tries=0
while :; do
  keys=$(openstack console log show ${SERVER} | tr -d '\\r' |
    sed -n '/BEGIN SSH HOST KEY KEYS/,/END SSH HOST KEY KEYS/ s/^\\([a-z0-9-]* AAAA[^ ]*\\).*/\\1/p')
  [ -z "$keys" ] || break
  tries=$((tries + 1))
  [ "$tries" -lt 30 ] || { echo "no host key on the console of ${SERVER}" >&2; exit 1; }
  sleep 0.5
done
echo "$keys"`.trim();

/** Removes all of it, also where only a part was created. */
export const CLEAN_UP = `
${CLIENT}
for server in $(openstack server list --name '^${SERVER}$' -f value -c ID); do
  openstack server delete --wait "$server"
done
for port in $(openstack port list --name ${SERVER} -f value -c ID); do
  for address in $(openstack floating ip list --port "$port" -f value -c ID); do
    openstack floating ip delete "$address"
  done
  openstack port delete "$port"
done`.trim();
