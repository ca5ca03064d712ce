import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { ROOT } from "../../src/config/paths.ts";
import { svg } from "../../src/graph/svg/index.ts";
import { bandStart, layoutOf } from "../../src/graph/svg/layout.ts";
import { widthOf, wrap } from "../../src/graph/svg/measure.ts";
import { CHIP, FONT, MARGIN } from "../../src/graph/svg/sizes.ts";
import { topologyOf } from "../../src/graph/topology.ts";
import { readStackFile } from "../../src/hardware/stack-config.ts";
import { pictures } from "./pictures.ts";

test.each(pictures())("docs/topology/%s is up to date: run `npm run topology`", (file, content) => {
  expect(readFileSync(join(ROOT, "docs/topology", file), "utf8")).toBe(content);
});

const STACKS = ["lab001", "lab002"].flatMap((lab) =>
  ["local", "hosts", "openstack"].map((kind) => `${lab}-${kind}`),
);

describe.each(STACKS)("the layout of %s", (stack) => {
  const { width, boxes, bands, legs } = layoutOf(topologyOf({ name: stack, config: readStackFile(stack) }));

  it("has boxes side by side, inside the picture", () => {
    boxes.forEach(({ x, column }, index) => {
      expect(x + column.width).toBeLessThan(boxes[index + 1]?.x ?? width - MARGIN + 1);
    });
  });

  it("has chips inside their boxes, none over another", () => {
    for (const { column } of boxes) {
      column.chips.forEach((chip, index) => {
        expect(chip.x + chip.width).toBeLessThanOrEqual(column.width);
        expect(chip.y + CHIP.height).toBeLessThan(column.height);
        const next = column.chips[index + 1];
        if (next !== undefined) expect(next.y > chip.y || next.x >= chip.x + chip.width).toBe(true);
      });
    }
  });

  it("has tabs within their box, none over another", () => {
    for (const { column } of boxes) {
      for (const tabs of [column.top, column.bottom]) {
        tabs.forEach(({ at, width: wide }, index) => {
          expect(at - wide / 2).toBeGreaterThanOrEqual(0);
          expect(at + wide / 2).toBeLessThanOrEqual(tabs[index + 1]?.at ?? column.width);
        });
      }
    }
  });

  it("leads every card to its network", () => {
    expect(legs).toHaveLength(boxes.flatMap(({ column }) => [...column.top, ...column.bottom]).length);
  });

  it("has room for what networks say of themselves", () => {
    for (const { network, right } of bands) {
      expect(bandStart(network).end + widthOf(right, FONT.note)).toBeLessThan(width - 2 * MARGIN);
    }
  });
});

describe("the picture", () => {
  const lab = topologyOf({ name: "lab002-local", config: readStackFile("lab002-local") });
  const picture = svg(lab);

  it("has a title and a text for those who do not see it", () => {
    expect(picture).toContain(
      'role="img" aria-labelledby="topology-lab002-local topology-lab002-local-text"',
    );
    expect(picture).toContain('<title id="topology-lab002-local">Lab002: Network node</title>');
    expect(picture).toMatch(
      /<desc id="topology-lab002-local-text">.*Node network: .*bridges br-ex, br-int, br-tun\./,
    );
  });

  it("needs nothing from elsewhere, and has colours for the dark", () => {
    expect(picture.replace("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|url\(|@import|<script/);
    expect(picture).toContain("@media (prefers-color-scheme:dark)");
  });

  it("is well-formed, whatever things are called", () => {
    const odd = svg({ ...lab, title: '<&">', stack: 'a"b' });
    const open: string[] = [];
    for (const [, end, name, , empty] of odd.matchAll(
      /<(\/?)([a-z]+)((?: [a-z-]+="[^"<]*"|[^<>"])*?)(\/?)>/gi,
    )) {
      if (end) expect(open.pop()).toBe(name);
      else if (!empty) open.push(String(name));
    }
    expect(open).toEqual([]);
    expect(odd).toContain("Lab002: &lt;&amp;&quot;&gt;");
  });
});

test("texts are wrapped at words", () => {
  expect(wrap("reaches the nodes by way of control", 12, 120)).toEqual([
    "reaches the nodes",
    "by way of control",
  ]);
  expect(wrap("unbreakable-as-it-is", 12, 10)).toEqual(["unbreakable-as-it-is"]);
});
