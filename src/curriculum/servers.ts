import type { CloudObject, CommandAction, Wait } from "./actions.ts";

/** What comes before commands of the `openstack` client: the administrator of clouds.yaml. */
export const CLIENT = "export OS_CLOUD=admin";

/** Shell that asks MariaDB on the control node, whose client costs no processor time. */
const query = (sql: string): string => `mariadb --batch --skip-column-names <<'SQL'\n${sql.trim()};\nSQL`;

/** Seconds after which Nova counts a service as down, and after which Neutron counts an agent so. */
const NOVA_DOWN = 60;
const NEUTRON_DOWN = 75;

const SERVER = (cell: string, name: string): string =>
  `FROM ${cell}.instances i WHERE i.display_name = '${name}' AND i.deleted = 0`;

/** Cell 0 has the servers that no node was found for. */
const fault = (cell: string, name: string): string => `
SELECT CONCAT('server ${name} is in ERROR: ', COALESCE((SELECT CONCAT(f.message, ' ', COALESCE(SUBSTRING_INDEX(f.details, '\\n', 1), ''))
  FROM ${cell}.instance_faults f WHERE f.instance_uuid = i.uuid ORDER BY f.id DESC LIMIT 1), 'Nova gives no reason'))
  ${SERVER(cell, name)} AND i.vm_state = 'error'`;

/** What the request for a server waits for: the scheduler and the conductor, then nova-compute on the server's node. */
const downOf = (name: string): string => `
SELECT CONCAT(s.\`binary\`, ' on ', s.host, ' has not reported for ', TIMESTAMPDIFF(SECOND, s.last_seen_up, UTC_TIMESTAMP()),
  ' s: journalctl --unit=', s.\`binary\`, ' on that node says why') FROM nova.services s
  WHERE s.deleted = 0 AND TIMESTAMPDIFF(SECOND, s.last_seen_up, UTC_TIMESTAMP()) > ${NOVA_DOWN}
  AND (s.\`binary\` <> 'nova-compute' OR s.host IN (SELECT i.host ${SERVER("nova", name)}))`;

/** The agent that has to plug the server's port in. */
const agentOf = (name: string): string => `
SELECT CONCAT(a.\`binary\`, ' on ', a.host, ' has not reported for ', TIMESTAMPDIFF(SECOND, a.heartbeat_timestamp, UTC_TIMESTAMP()),
  ' s: journalctl --unit=', a.\`binary\`, ' on that node says why') FROM neutron.agents a
  WHERE a.\`binary\` = 'neutron-openvswitch-agent' AND TIMESTAMPDIFF(SECOND, a.heartbeat_timestamp, UTC_TIMESTAMP()) > ${NEUTRON_DOWN}
  AND a.host IN (SELECT i.host ${SERVER("nova", name)})`;

/**
 * Shell for the control node that prints why a server cannot become ACTIVE any more, for `Wait.lost`. A fault is final. A service that
 * does not report counts once it had a minute: it may just be starting.
 * @param plugged whether the server has a port
 */
export const lostServer = (name: string, plugged: boolean): string =>
  `
${query(`${fault("nova", name)}\nUNION ALL${fault("nova_cell0", name)}`)}
[ "$1" -lt ${NOVA_DOWN} ] || ${query([downOf(name), ...(plugged ? [agentOf(name)] : [])].join("\nUNION ALL"))}`.trim();

/** A server that was asked for. @param plugged whether it has a port */
const untilActive = (name: string, plugged: boolean): Wait => ({
  what: `server ${name} is ACTIVE`,
  ready: `
state=$(${query(`SELECT CONCAT(i.vm_state, ', ', COALESCE(i.task_state, 'no task'), ' on ', COALESCE(i.host, 'no node yet')) ${SERVER("nova", name)}`)}
)
echo "server ${name}: \${state:-the scheduler has not taken it up}"
case $state in active,*) ;; *) exit 1 ;; esac`.trim(),
  lost: lostServer(name, plugged),
  seconds: 240,
});

/**
 * Shell that deletes the server with the id `$server`. Nova deletes it without its nova-compute once that counts as down, a minute after its last report: so
 * a second request gets through where the first one got no answer.
 */
export const DELETE_SERVER =
  'timeout 90 openstack server delete --wait "$server" || timeout 90 openstack server delete --wait "$server"';

/** Shell that deletes a server by its name, if it exists. */
const deleteServer = (name: string): string =>
  `
for server in $(timeout 60 openstack server list --name '^${name}$' -f value -c ID); do
  ${DELETE_SERVER}
done`.trim();

/** A server called `name` that boots the guest. @param options further options of `openstack server create` */
export const bootAction = (
  name: string,
  options: string,
  plugged: boolean,
  ...waits: readonly Wait[]
): CommandAction => {
  const holds: CloudObject = { kind: "server", name, is: { status: "ACTIVE" } };
  return {
    kind: "command",
    run: `
${CLIENT}
${deleteServer(name)}
timeout 90 openstack server create --image guest --flavor tiny ${options} -f value -c status ${name}`.trim(),
    waits: [untilActive(name, plugged), ...waits],
    // A check of its own reads the console: it needs the client, which would add a second to every probe.
    holds,
    undo: `${CLIENT}\n${deleteServer(name)}`,
  };
};
