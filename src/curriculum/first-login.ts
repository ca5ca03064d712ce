import { bootAction, CLIENT, lostServer } from "./servers.ts";
import { here, lab, setting } from "./tokens.ts";
import { type Service, THIS_MACHINE } from "./types.ts";

const FLOATING = lab("floating");

/** Address of the second server in the tenant network. It is fixed, so that the first server can reach it. */
const SECOND = "192.168.100.20";

const FOLDER = here("ssh");

/** Runs a command on the server web, from the machine that runs `lab`. */
const onWeb = (command: string): string => `ssh -F ${FOLDER}/config -o BatchMode=yes web ${command}`;

/** The user who can log in: root on the small guest, cirros on CirrOS. */
const LOGIN = `login=root; [ '${setting("guest_image")}' = direct ] || login=cirros`;

const CONFIGURATION = `
Host web
  HostName ${FLOATING}
  User $login
  IdentityFile "$folder/key"
  IdentitiesOnly yes
  UserKnownHostsFile "$folder/known_hosts"
  StrictHostKeyChecking yes
  ConnectTimeout 5
  LogLevel ERROR`.trim();

/** Shell for this machine that prints why the server web cannot be reached any more. */
const LOST_WEB = `${here("lab")} exec control -- sh -eus "$1" <<'END'\n${lostServer("web", true)}\nEND`;

/** Lab002 is done when a server answers SSH on its floating address. */
export const firstLogin: Service = {
  id: "first-login",
  title: "The first login",
  module: "002",
  steps: [
    {
      id: "first-login/create-keypair",
      title: "Give Nova the lab's public key",
      why: "The image of a cloud has no password. The server asks the metadata service for the keys that may log in, and gets this one.",
      role: "control",
      after: ["nova/start", "nova/create-identity"],
      action: {
        kind: "command",
        run: `
${CLIENT}
openstack keypair delete lab 2>/dev/null || true
openstack keypair create --public-key /dev/stdin lab <<'END'
${lab("public_key")}
END`.trim(),
        holds: { kind: "keypair", name: "lab", is: { public_key: lab("public_key") } },
        undo: `${CLIENT}\nopenstack keypair delete lab 2>/dev/null || true`,
      },
      see: "a keypair called lab",
    },
    {
      id: "first-login/boot",
      title: "Boot a server on the tenant network",
      why: "Nova asks Neutron for the port. The agent on the compute node plugs it in and reports it, and only then the server starts. The server asks for an address by DHCP, and then for its name and key.",
      role: "control",
      after: [
        "first-login/create-keypair",
        "first-network/create-port",
        "first-server/upload-image",
        "first-server/create-flavor",
        "nova-compute/discover-hosts",
        "nova/start-metadata",
        "neutron-openvswitch-agent/start",
        "neutron-metadata-agent/start",
      ],
      action: bootAction("web", "--key-name lab --port web", true),
      see: "the server web is ACTIVE",
      checks: [
        {
          name: "lease",
          expect: "the server got its address by DHCP",
          run: `
${CLIENT}
openstack console log show web | tr -d '\\r' | grep -iE 'lease of 192\\.168\\.100\\.[0-9]+ obtained' | tail -n 1 | grep .`.trim(),
        },
        {
          name: "console",
          expect:
            "the console, read through the API, says that the server is up, with its name and an address",
          run: `
${CLIENT}
openstack console log show web | tr -d '\\r' | grep -E 'scratchstack guest web is up .*192\\.168\\.100\\.|web login:' | tail -n 1 | grep .`.trim(),
        },
      ],
    },
    {
      id: "first-login/write-key",
      title: "Put the lab's key where SSH finds it",
      why: "The public key is on the server. The private key is encrypted in the state. SSH needs it as a file that nobody else can read.",
      role: THIS_MACHINE,
      after: [],
      action: {
        kind: "command",
        run: `
folder=${FOLDER}
umask 077
mkdir -p "$folder"
cat > "$folder/key" <<'END'
${here("private_key")}
END
echo "written: $folder/key"`.trim(),
        holds: `
folder=${FOLDER}
[ "$(ssh-keygen -y -f "$folder/key" | cut -d' ' -f1,2)" = '${lab("public_key")}' ]
echo "$folder/key is the lab's"`.trim(),
        undo: `rm -rf ${FOLDER}`,
      },
      see: "a file that only its owner can read",
    },
    {
      id: "first-login/write-known-hosts",
      title: "Learn the server's host key",
      why: "SSH must verify the server. The server printed its host key on its console, and you read the console through the API. Nobody on the network in between can replace the key.",
      role: THIS_MACHINE,
      after: ["first-login/boot", "first-login/write-key"],
      action: {
        kind: "command",
        run: `
folder=${FOLDER}
mkdir -p "$folder"
rm -f "$folder/known_hosts"`.trim(),
        waits: [
          {
            what: "the console of server web shows its host key",
            ready: `
folder=${FOLDER}
${here("lab")} exec control -- openstack console log show web | tr -d '\\r' |
  sed -n '/BEGIN SSH HOST KEY KEYS/,/END SSH HOST KEY KEYS/ s/^\\([a-z0-9-]* AAAA[^ ]*\\).*/${FLOATING} \\1/p' > "$folder/known_hosts.new"
[ -s "$folder/known_hosts.new" ] || { echo "no host key on the console of web"; exit 1; }
mv "$folder/known_hosts.new" "$folder/known_hosts"
cat "$folder/known_hosts"`.trim(),
            lost: LOST_WEB,
            seconds: 300,
          },
        ],
        holds: `
folder=${FOLDER}
ssh-keygen -l -f "$folder/known_hosts"
ssh-keygen -F ${FLOATING} -f "$folder/known_hosts" > /dev/null
# A server that was made anew has another key.
shown=$(ssh-keyscan -T 5 -t ed25519 ${FLOATING} 2> /dev/null || true)
[ -z "$shown" ] || echo "$shown" | grep -qxF -f "$folder/known_hosts" || { echo "the server shows another key"; exit 1; }`.trim(),
        // A server that is still booting shows no key. The key of the server before it would pass.
        always: true,
        undo: `rm -f ${FOLDER}/known_hosts`,
      },
      see: "known_hosts contains a key for the floating address",
    },
    {
      id: "first-login/write-configuration",
      title: "Tell SSH about the server",
      why: "With a configuration file you type only the name of the server. The file contains the user, the key and the address.",
      role: THIS_MACHINE,
      after: ["first-login/write-key"],
      action: {
        kind: "command",
        run: `
folder=${FOLDER}
${LOGIN}
cat > "$folder/config" <<END
${CONFIGURATION}
END
cat "$folder/config"`.trim(),
        holds: `
folder=${FOLDER}
${LOGIN}
[ "$(cat "$folder/config")" = "$(cat <<END
${CONFIGURATION}
END
)" ]
echo "$folder/config is right"`.trim(),
      },
      see: "a configuration file with an entry for the server web",
    },
    {
      id: "first-login/log-in",
      title: "Log in to the server",
      why: "The packet goes to the floating address on the network node. The router translates it, the tunnel carries it to the compute node, and the security group lets it into the server.",
      role: THIS_MACHINE,
      after: ["first-login/write-known-hosts", "first-login/write-configuration"],
      action: {
        kind: "command",
        run: "",
        waits: [
          {
            what: `server web lets the lab in at ${FLOATING}`,
            ready: onWeb("hostname"),
            lost: LOST_WEB,
            seconds: 120,
          },
        ],
        holds: `name=$(${onWeb("hostname")})\necho "this is $name"\n[ "$name" = web ]`,
      },
      see: "hostname on the server prints web",
      checks: [
        {
          name: "metadata",
          expect: "the metadata service tells the server its name",
          run: `${onWeb("wget -q -T 10 -O - http://169.254.169.254/latest/meta-data/hostname")} | grep '^web'`,
        },
        {
          name: "source-translation",
          expect: "the server reaches the gateway of the provider network through its router",
          run: `${onWeb(`ping -c 2 -W 5 ${lab("provider_gateway")}`)} | grep ' 0% packet loss'`,
        },
        {
          name: "transfer",
          expect: "a megabyte arrives on the server as it was sent",
          run: `
sent=$(mktemp)
trap 'rm -f "$sent"' EXIT
head -c 1048576 /dev/urandom > "$sent"
here=$(sha256sum < "$sent")
there=$(${onWeb("'cat > /tmp/sent && sha256sum < /tmp/sent'")} < "$sent")
echo "$there"
[ "$here" = "$there" ]`.trim(),
        },
        {
          name: "closed-port",
          expect: "port 80, which the server listens on and no rule opens, is closed",
          run: `
${onWeb("wget -q -T 10 -O - http://127.0.0.1/")}
if curl --silent --max-time 3 --output /dev/null http://${FLOATING}/; then echo "port 80 answers: a rule of one of its security groups opens it. Delete the rule if it is not meant"; exit 1; fi
echo "and from here there is no answer"`.trim(),
        },
      ],
    },
    {
      id: "first-login/create-second-port",
      title: "Create a port with an address of your choice",
      why: "Neutron gives a port a free address, or the address that you choose.",
      role: "control",
      after: ["first-network/create-private-network", "first-network/create-security-group"],
      action: {
        kind: "network",
        ports: [{ name: "db", network: "private", groups: ["ssh-and-ping"], address: SECOND }],
      },
      see: `a port called db with the address ${SECOND}`,
    },
    {
      id: "first-login/boot-second",
      title: "Boot a second server beside the first",
      why: "Servers in the same network reach each other without a router, on whichever node they run.",
      role: "control",
      after: ["first-login/boot", "first-login/create-second-port"],
      action: bootAction("db", "--key-name lab --port db", true),
      see: "the server db is ACTIVE",
    },
    {
      id: "first-login/reach-second",
      title: "Reach one server from the other",
      why: "The command logs in to the first server and pings the second one.",
      role: THIS_MACHINE,
      after: ["first-login/log-in", "first-login/boot-second"],
      action: {
        kind: "command",
        run: "",
        waits: [
          {
            what: `server web reaches server db at ${SECOND}`,
            ready: onWeb(`ping -c 1 -W 2 ${SECOND}`),
            lost: LOST_WEB,
            seconds: 120,
          },
        ],
        holds: `${onWeb(`ping -c 1 -W 5 ${SECOND}`)} | grep ' 0% packet loss'`,
      },
      see: "db answers the ping of web",
    },
  ],
};
