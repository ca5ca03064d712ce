import type { Drift } from "./types.ts";

const client = "export OS_CLOUD=admin";

/** What a user of the cloud may do, and what may happen to files of SSH on the machine that runs `lab`. */
export const CLOUD: readonly Drift[] = [
  {
    title: "image guest deleted",
    step: "first-server/upload-image@control",
    break: `${client}\nopenstack image delete guest`,
  },
  {
    title: "flavor tiny deleted",
    step: "first-server/create-flavor@control",
    break: `${client}\nopenstack flavor delete tiny`,
  },
  {
    title: "flavor tiny made private",
    step: "first-server/create-flavor@control",
    break: "mariadb -e \"UPDATE nova_api.flavors SET is_public = 0 WHERE name = 'tiny'\"",
  },
  {
    title: "the router disabled",
    step: "first-network/create-router@control",
    break: `${client}\nopenstack router set --disable router`,
  },
  {
    title: "network private disabled",
    step: "first-network/create-private-network@control",
    break: `${client}\nopenstack network set --disable private`,
  },
  {
    title: "port db disabled",
    step: "first-login/create-second-port@control",
    break: `${client}\nopenstack port set --disable db`,
  },
  {
    title: "subnet private without name servers",
    step: "first-network/create-private-network@control",
    break: `${client}\nopenstack subnet unset --dns-nameserver {{lab:provider_gateway}} private`,
  },
  {
    title: "the router's gateway removed, and the floating address that needs it released",
    step: "first-network/create-router@control",
    break: `${client}\nopenstack floating ip unset --port {{lab:floating}}\nopenstack router unset --external-gateway router`,
    also: ["first-network/create-port@control"],
  },
  {
    title: "the rule that allows SSH deleted",
    step: "first-network/create-security-group@control",
    break: `${client}\nopenstack security group rule delete $(openstack security group rule list --protocol tcp ssh-and-ping -f value -c ID)`,
  },
  {
    title: "the floating address removed from its port",
    step: "first-network/create-port@control",
    break: `${client}\nopenstack floating ip unset --port {{lab:floating}}`,
  },
  {
    title: "keypair lab deleted",
    step: "first-login/create-keypair@control",
    break: `${client}\nopenstack keypair delete lab`,
  },
  {
    title: "port db without security groups",
    step: "first-login/create-second-port@control",
    break: `${client}\nopenstack port set --no-security-group db`,
  },
  {
    title: "server db deleted",
    step: "first-login/boot-second@control",
    break: `${client}\nopenstack server delete --wait db`,
  },
  {
    title: "a line added to SSH's configuration on this machine",
    step: "first-login/write-configuration@here",
    break: "echo 'Port 2222' >> {{here:ssh}}/config",
  },
  {
    title: "known_hosts deleted on this machine",
    step: "first-login/write-known-hosts@here",
    break: "rm {{here:ssh}}/known_hosts",
  },
];
