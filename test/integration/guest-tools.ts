import { expect, test } from "vitest";
import { lab, type Outcome } from "./harness.ts";

/** Each prints something that only a tool that works can print. */
const TOOLS: readonly { readonly tool: string; readonly command: string; readonly says: RegExp }[] = [
  { tool: "curl: the metadata service", command: "curl http://169.254.169.254/", says: /^latest/m },
  { tool: "curl: an answer, quietly", command: `curl -s ${at("meta-data/hostname")}`, says: /^web/ },
  {
    tool: "curl: into a file",
    command: `curl -sf -o /tmp/name ${at("meta-data/hostname")} && cat /tmp/name`,
    says: /^web/,
  },
  {
    tool: "curl: a page that is not there",
    command: `curl -sf ${at("none")} || echo "ended with $?"`,
    says: /^ended with 22$/m,
  },
  {
    tool: "curl: a header and redirections",
    command: "curl -sL -H 'X-Tried: yes' -o /dev/null -w '%{http_code}' http://127.0.0.1/",
    says: /^200$/,
  },
  { tool: "ip", command: "ip -4 addr show eth0 && ip route", says: /inet 192\.168\.100\.[\s\S]*default via/ },
  { tool: "ping", command: "ping -c 1 192.168.100.1", says: /1 packets received/ },
  { tool: "lsblk", command: "lsblk", says: /^vda +\d+:0/m },
  {
    tool: "dd and sync",
    // The server's files are in its memory, of which there is little.
    command: "dd if=/dev/zero of=/tmp/disk bs=1M count=2 && sync && wc -c < /tmp/disk && rm /tmp/disk",
    says: /^2097152$/m,
  },
];

/** The tools that tutorials use inside a server. @param onServer runs a command in the server web */
export function guestTools(onServer: (command: string) => Promise<Outcome>): void {
  test.each(TOOLS)("$tool", async ({ command, says }) => {
    const { code, stdout, stderr } = await onServer(command);
    expect(stdout + stderr).toMatch(says);
    expect(code, stderr).toBe(0);
  });

  test("mkfs.ext4, mount and sync, on a disk that is attached while it runs", async () => {
    expect(await lab("exec", "compute", "--", ATTACH)).toMatchObject({ code: 0 });
    try {
      await expect.poll(async () => (await onServer("lsblk")).stdout, { timeout: 30_000 }).toMatch(/^vdb /m);
      const { code, stdout, stderr } = await onServer(
        "set -e; mkfs.ext4 -q /dev/vdb; mkdir -p /mnt; mount /dev/vdb /mnt; echo kept > /mnt/file; sync; umount /mnt; mount -t ext4 /dev/vdb /mnt; cat /mnt/file; ls /proc/fs/jbd2; umount /mnt",
      );
      expect(code, stderr).toBe(0);
      expect(stdout).toMatch(/^kept\n/);
      // What makes only ext2 makes no journal.
      expect(stdout).toMatch(/^vdb-\d+$/m);
    } finally {
      expect(await lab("exec", "compute", "--", DETACH)).toMatchObject({ code: 0 });
    }
  });
}

/** Attaches an empty disk to the server while it runs, as a volume is; `detach` takes it away. */
const DISK = `domain=$(virsh list --name | xargs -n 1 | while read -r one; do
  if virsh dumpxml "$one" | grep -q '<nova:name>web<'; then echo "$one"; fi
done)
[ -n "$domain" ] || exit 0
disk=/var/lib/nova/instances/tried.raw`;
const ATTACH = `${DISK}
truncate -s 64M $disk
virsh attach-disk "$domain" $disk vdb --subdriver raw`;
const DETACH = `${DISK}
virsh detach-disk "$domain" vdb
rm -f $disk`;

function at(path: string): string {
  return `http://169.254.169.254/latest/${path}`;
}
