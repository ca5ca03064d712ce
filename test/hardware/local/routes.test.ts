import { expect, test } from "vitest";
import { parseRouteTable } from "../../../src/hardware/local/routes.ts";

test("routes are read as the kernel shows them, without the default route", () => {
  const table = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t0102A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
eth0\t0002A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
ssabcdef-mgmt\t0014570A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
tun0\t0000400A\t00000000\t0001\t0\t0\t0\t0000FCFF\t0\t0\t0
`;
  expect(parseRouteTable(table)).toEqual([
    { destination: "192.168.2.0/24", device: "eth0" },
    { destination: "10.87.20.0/24", device: "ssabcdef-mgmt" },
    { destination: "10.64.0.0/14", device: "tun0" },
  ]);
  expect(parseRouteTable("")).toEqual([]);
});
