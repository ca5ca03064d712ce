import { describe, expect, it } from "vitest";
import { lineForRoot, nodesWithIds } from "../../src/setup/machine/subordinate-ids.ts";

describe("ids of nodes", () => {
  it.each([
    ["Debian's package of Incus", "root:1000000:1000000000\n", 15257],
    ["users alone", "alice:100000:65536\n", 0],
    ["an empty file", "", 0],
    ["a range for one container", "alice:100000:65536\nroot:165536:65536\n", 0],
    ["a range for four nodes", "root:1000000:327680\n", 4],
    ["a second range, which Incus does not use for them", "root:1000000:65536\nroot:2000000:1000000000\n", 0],
    ["root by number", "0:1000000:1000000000\n", 15257],
    ["lines that are none", "# root:1:2\nroot:x:1\n\nroot:1000000:1000000000", 15257],
  ])("counts %s", (_, text, nodes) => expect(nodesWithIds(text)).toBe(nodes));

  it.each([
    ["nobody has any", "", "", "root:1000000:1000000000"],
    ["others have lower ones", "alice:100000:65536\n", "", "root:1000000:1000000000"],
    ["others have some there", "alice:1000000:65536\n", "", "root:1065536:1000000000"],
    ["others have some in the other file", "", "alice:1000000:65536\n", "root:1065536:1000000000"],
    ["root has them in the other file", "", "root:5000000:100000000\n", "root:5000000:100000000"],
    ["root's of the other file are somebody's here", "a:5000000:9\n", "root:5000000:100000000\n", undefined],
    ["root has a range, whatever its size", "root:1:2\n", "", undefined],
    ["there is no room", "alice:100000:4294000000\n", "", undefined],
  ])("gives root a range where %s", (_, text, other, line) => expect(lineForRoot(text, other)).toBe(line));
});
