import { expect, it } from "vitest";
import { matching } from "../../src/plugin/assets.ts";

const PATHS = ["assets/logos/logo.svg", "src/index.js", "src/secret.js", "top.txt"];

it.each([
  [
    ["assets/**", "src/**.js", "!**secret.*"],
    ["assets/logos/logo.svg", "src/index.js"],
  ],
  [["*"], ["top.txt"]],
  [
    ["**", "!src/*"],
    ["assets/logos/logo.svg", "top.txt"],
  ],
  [["!top.txt", "top.{txt,md}"], ["top.txt"]],
  [["to?.[st]xt"], ["top.txt"]],
  [["assets"], []],
])("%j matches %j", (globs, found) => {
  expect(matching(globs, PATHS)).toEqual(found);
});
