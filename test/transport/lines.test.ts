import { expect, test } from "vitest";
import { LineWriter } from "../../src/transport/lines.ts";

/** What is handed over of chunks that arrive one after the other. */
function lines(...chunks: string[]): string[] {
  const shown: string[] = [];
  const writer = new LineWriter((text) => shown.push(text));
  for (const chunk of chunks) writer.write(chunk);
  writer.end();
  return shown;
}

test.each([
  [["one\n"], ["one\n"]],
  [
    ["o", "ne", "\ntw", "o\n"],
    ["one\n", "two\n"],
  ],
  [
    ["one\ntwo\nthr", "ee"],
    ["one\ntwo\n", "three"],
  ],
  [["no newline"], ["no newline"]],
  [[""], []],
])("%j is handed over as %j", (chunks, expected) => {
  expect(lines(...chunks)).toEqual(expected);
});
