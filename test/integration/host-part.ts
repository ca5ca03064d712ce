import { beforeAll, expect, test } from "vitest";
import { downLeavesHosts } from "./host-down.ts";
import { addressOf } from "./host-machines.ts";
import { lab, machines, write } from "./host-stack.ts";

/** A server of HTTP in what every Debian has. */
const ANSWERS =
  '$s = IO::Socket::INET->new(LocalPort => 8080, Listen => 5) or die; while ($c = $s->accept) { while (<$c>) { last if /^\\r?$/ } print $c "HTTP/1.0 204 No Content\\r\\n\\r\\n"; close $c }';
const LISTENS = "timeout 20 bash -c 'until (</dev/tcp/127.0.0.1/8080); do sleep 0.2; done' 2> /dev/null";

/** Names of all hosts, a cache on the control host, switches on the others: what a plain run tries of the course on hosts. */
const PARTS = ["base/name-resolution", "memcached", "openvswitch"];

export function partOnHosts(): void {
  beforeAll(() => write());
  const down = downLeavesHosts();

  test.each(PARTS)("%s is built on them, and verify is clean", async (service) => {
    const { code, stderr } = await lab("up", "--through", service);
    expect(code, stderr).toBe(0);
    const verified = await lab("verify", service);
    expect(verified.code, verified.stdout).toBe(0);
  });

  test("commands run as root, and a second run changes nothing", async () => {
    expect((await lab("exec", "compute", "--", "id", "-un")).stdout).toBe("root\n");
    expect((await lab("up", "--through", "openvswitch")).stdout).toContain("Nothing to change");
  });

  test("what the lab says to itself goes past the proxy of a host, and its variables are none of a script's", async () => {
    machines.sh(
      "rack2",
      `systemd-run --quiet --expand-environment=no --unit=answers perl -MIO::Socket::INET -e '${ANSWERS}'; ${LISTENS}`,
    );
    const asked =
      "for name in compute $(getent hosts compute | cut -d' ' -f1); do curl -sS --max-time 5 -o /dev/null http://$name:8080/; done";
    const answered = await lab("exec", "control", "--", "sh", "-c", `${asked}; bash -c 'perl -e "print 1"'`);
    machines.sh("rack2", "systemctl stop answers");
    expect(answered).toMatchObject({ code: 0, stdout: "1", stderr: "" });
    const environment = "systemctl show --property=Environment --value memcached";
    const service = (await lab("exec", "control", "--", "sh", "-c", environment)).stdout;
    for (const name of ["compute", addressOf("rack2")]) expect(service).toContain(name);
    const session = machines.sh("rack1", "su - debian -c 'echo $no_proxy'");
    expect(session).toMatch(/,compute,.*,intern.example.org$/m);
  });

  test("down leaves the hosts as they were, with what somebody added meanwhile", async () => {
    const added = ["192.0.2.50 printer >> /etc/hosts", "THEIRS=1 >> /etc/environment"];
    for (const line of added) machines.sh("rack1", `echo ${line}`);
    await down(() => {
      machines.sh(
        "rack1",
        "tail -n 1 /etc/hosts | grep -x '192.0.2.50 printer'; tail -n 1 /etc/environment | grep -x THEIRS=1",
      );
      machines.sh("rack1", "sed -i '$d' /etc/hosts; sed -i '$d' /etc/environment");
    });
  });
}
