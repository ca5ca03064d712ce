import { describe, expect, it } from "vitest";
import { finishedLine } from "../../../src/cli/views/finished.ts";
import type { Frame } from "../../../src/cli/views/frame.ts";
import { heartbeatLine, howFar, liveLines } from "../../../src/cli/views/live.ts";
import { NOTHING_YET, reduce } from "../../../src/cli/views/state.ts";
import { styleFor } from "../../../src/cli/views/style.ts";
import { clean, widthOf } from "../../../src/cli/views/text.ts";
import type { RunEvent } from "../../../src/run/events.ts";
import { failed, finished, kept, output, plan, started } from "./events.ts";

const style = styleFor({ write: () => {} }, {});
const frame: Frame = { nodes: ["control", "compute"], verb: "up", style };
const stateOf = (...events: RunEvent[]) => events.reduce(reduce, NOTHING_YET);

describe("the line a finished step leaves", () => {
  const begun = stateOf(started("keystone/start@control", 0, "create", "Start it"), started("hardware", 0));

  it.each([
    ["a step", finished("keystone/start@control", 12.3), "✔ control  keystone/start  Start it  12.3 s"],
    [
      "a failure",
      failed("keystone/start@control", 4000),
      "✘ control  keystone/start  Start it  failed after 4.0 s",
    ],
    ["what is no step but took long", finished("hardware", 2), "✔ -        Do hardware  2.0 s"],
    ["what is no step and took no time", finished("hardware", 0.2), undefined],
    ["what was as it should be", finished("keystone/start@control", 0, false), undefined],
    ["what only begins", started("nova/start@compute"), undefined],
    ["what was kept", kept(), "● -        checkpoint after-keystone  0.4 s"],
    ["what could not be kept", kept("no room"), "✘ -        checkpoint after-keystone: no room  not kept"],
  ])("%s", (_, event, line) => {
    expect(finishedLine(begun, event, frame)).toBe(line);
  });

  it("keeps mark and time when it is cut off", () => {
    const line = finishedLine(begun, finished("keystone/start@control", 12.3), { ...frame, width: 30 });
    expect(line).toBe("✔ control  keystone/s…  12.3 s");
  });

  it("names what is removed, for titles say how it came", () => {
    const state = stateOf(started("hardware/node", 0, "delete", "Make node"));
    expect(finishedLine(state, finished("hardware/node", 3), frame)).toBe(
      "✔ -        Remove hardware/node  3.0 s",
    );
  });
});

describe("the live lines", () => {
  const state = stateOf(
    plan(140),
    finished("base/names@control", 0, false),
    started("nova/install@compute", 61_000, "create", "Install Nova"),
    started("keystone/install@control", 90_000, "create", "Install Keystone"),
    started("glance/create-database@control", 95_000, "create", "Make a database"),
  );

  it("are one for each node and one for the whole", () => {
    expect(liveLines(state, frame, 121_000, 0)).toEqual([
      "⠴ control         31 s  keystone/install  Install Keystone  + glance/create-database",
      "⠴ compute   1 min 00 s  nova/install  Install Nova",
      "⠴ whole     2 min 01 s  1 of 140 done, 139 left",
    ]);
  });

  it("say that a node waits, and what this machine does", () => {
    const lines = liveLines(stateOf(started("hardware", 0)), frame, 2_000, 0);
    expect(lines).toEqual([
      "⠋ -                2 s  Do hardware",
      "  control               waiting",
      "  compute               waiting",
      "⠋ whole            2 s  0 done",
    ]);
  });

  it.each([79, 49, 20, 10])("fit into %i columns, wide characters too", (width) => {
    const wide = reduce(state, started("nova/起動@control", 0, "create", "コンピュートを起動する".repeat(5)));
    for (const colours of [style, styleFor({ write: () => {}, isTTY: true }, {})]) {
      for (const line of liveLines(wide, { ...frame, width, style: colours }, 100_000, 0)) {
        expect(widthOf(clean(line))).toBeLessThanOrEqual(width);
      }
    }
  });

  it("turn the spinner at least four times a second", () => {
    const marks = [0, 250, 500, 750].map((now) => liveLines(state, frame, now, 0).at(-1)?.[0]);
    expect(new Set(marks).size).toBe(4);
  });
});

it("a heartbeat names what runs, and how many more", () => {
  const five = [1, 2, 3, 4, 5].map((index) => started(`nova/step-${index}@compute`, 1000 * index));
  expect(heartbeatLine(stateOf(plan(9), ...five), frame, 61_000, 0)).toBe(
    "… 1 min 01 s, 0 of 9 done, 9 left; running: nova/step-1 on compute 1 min 00 s, nova/step-2 on compute 59 s, " +
      "nova/step-3 on compute 58 s, nova/step-4 on compute 57 s and 1 more",
  );
  expect(heartbeatLine(NOTHING_YET, frame, 4_000, 0)).toBe("… 4 s, 0 done");
});

it("what is no step tells what it said last", () => {
  const state = stateOf(
    plan(1),
    started("hardware/image-control", 0, "create", "Make the image"),
    output("hardware/image-control", "fetching\n\u001b[2KSetting up nova\n"),
    started("nova/install@compute", 0, "create", "Install Nova"),
    output("nova/install@compute", "Setting up nova\n"),
  );
  const bake: Frame = { ...frame, verb: "bake" };
  expect(heartbeatLine(state, bake, 4_000, 0)).toBe(
    "… 4 s, 0 of 1 images there; running: Make the image 4 s (Setting up nova), nova/install on compute 4 s",
  );
  expect(liveLines(state, frame, 4_000, 0).map((line) => line.includes("(Setting up nova)"))).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

it("progress is put as fits what goes on", () => {
  const state = stateOf(
    plan(3),
    finished("a/x@control", 0, false),
    started("h", 0, "delete"),
    finished("h", 1),
  );
  expect(howFar(state, frame)).toBe("1 of 3 done, 2 left");
  expect(howFar(state, { ...frame, verb: "preview" })).toBe("1 of 3 looked at, 2 left");
  expect(howFar(state, { ...frame, verb: "down" })).toBe("1 removed");
});
