import { expect, test } from "vitest";
import { restarts, services } from "../../../scripts/disturb/cases.ts";

test("each node, each pair, all at once", () => {
  expect(restarts("s", ["control", "compute", "network"]).map(({ id }) => id)).toEqual([
    "restart:control",
    "restart:compute",
    "restart:network",
    "restart:compute+network",
    "restart:control+compute",
    "restart:control+network",
    "restart:control+compute+network",
  ]);
});

test("one command cuts the power of several", () => {
  expect(restarts("test", ["control", "compute"]).at(-1)).toEqual({
    id: "restart:control+compute",
    what: "control, compute",
    command: "incus restart --force test-control test-compute",
  });
});

test("services are restarted on the control node", () => {
  expect(services()).toEqual([
    {
      id: "service:rabbitmq",
      what: "rabbitmq-server",
      node: "control",
      command: "systemctl restart rabbitmq-server",
    },
    { id: "service:mariadb", what: "mariadb", node: "control", command: "systemctl restart mariadb" },
  ]);
});
