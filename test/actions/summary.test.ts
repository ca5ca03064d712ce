import { expect, it } from "vitest";
import { kindOf } from "../../src/actions/index.ts";
import { LABS } from "../../src/curriculum/labs.ts";

const steps = Object.values(LABS).flatMap(({ services }) => services.flatMap((service) => service.steps));
const of = (id: string): string => {
  const found = steps.find((step) => step.id === id);
  if (found === undefined) throw new Error(`no step ${id}`);
  return kindOf(found.action).summary(found.action);
};

it.each([
  ["memcached/install-packages", "install memcached"],
  ["mariadb/skip-flushes", "write /etc/systemd/system/mariadb.service.d/scratchstack.conf, 2 lines"],
  ["keystone/create-database", "create database keystone and user keystone"],
  ["keystone/populate-database", "create the tables of database keystone"],
  ["rabbitmq/create-user", "create broker user openstack"],
  ["nova/start", "start nova-api, nova-scheduler, nova-conductor, nova-novncproxy"],
  ["neutron/stop-stand-in", "stop no-network"],
  ["glance/create-identity", "create user glance, service glance with three endpoints"],
  ["first-network/create-private-network", "create network private, subnet private"],
  ["keystone/bootstrap", "run a command"],
])("%s: %s", (id, summary) => {
  expect(of(id)).toBe(summary);
});

it("of the whole course none is empty, and none names a secret", () => {
  for (const { action } of steps) expect(kindOf(action).summary(action)).not.toMatch(/^$|\{\{secret/);
});
