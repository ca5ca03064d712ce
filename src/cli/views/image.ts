import { LAB } from "../../config/paths.ts";
import type { KnownImage } from "../../run/bake.ts";
import type { RunReport } from "../../run/report.ts";
import type { Invocation } from "../command.ts";
import { show } from "./show.ts";
import { table } from "./table.ts";
import { duration, gib } from "./text.ts";

/** An image whose making was interrupted has a fingerprint alone. */
export const nameOfImage = ({ alias, fingerprint }: KnownImage): string => alias ?? fingerprint.slice(0, 12);

export const imagesView = (invocation: Invocation, stack: string, images: readonly KnownImage[]): void =>
  show(
    invocation,
    () => lines(stack, images),
    () => images.map((image) => ({ type: "image", ...image })),
  );

export const removedView = (
  invocation: Invocation,
  stack: string,
  text: string,
  removed: readonly KnownImage[],
): void =>
  show(
    invocation,
    () => [text],
    () => [{ type: "summary", stack, removed: removed.map(nameOfImage) }],
  );

/** @param used whether the stack's nodes are made of baked images. @param file of the stack */
export const bakedLines = (
  stack: string,
  { ok, changed, unchanged, seconds }: RunReport,
  used: boolean,
  file: string,
): string[] => [
  `Images of ${stack}: ${changed} made, ${unchanged} there already, in ${duration(seconds)}.`,
  ...(ok ? [switchedOn(used, file)] : []),
];

const switchedOn = (on: boolean, file: string): string =>
  on
    ? `Nodes that ${LAB} up makes from now on are made of them.`
    : `No node is made of them yet. To switch them on, write in ${file}: scratchstack:hardware: { bakedImages: true }`;

function lines(stack: string, images: readonly KnownImage[]): string[] {
  if (images.length === 0) return ["There are no node images on this machine."];
  const total = images.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    ...table([
      ["IMAGE", "FOR", "SIZE", "MADE", `USED BY ${stack}`],
      ...images.map((image) => [
        nameOfImage(image),
        image.purpose,
        gib(image.bytes),
        image.made.slice(0, 10),
        image.current ? "yes" : "no",
      ]),
    ]),
    "",
    `${gib(total)} in all.`,
  ];
}
