/** Pixels. Fonts by what they are for, then distances. */
export const FONT = {
  headline: 20,
  subtitle: 13,
  place: 16,
  note: 12,
  chip: 12,
  address: 12,
  device: 10.5,
  band: 13.5,
};

/** Around the whole. */
export const MARGIN = 28;
/** Between boxes, at least. */
export const GAP = 26;
/** Inside boxes. */
export const PAD = 14;
export const LINE = 17;
export const CHIP = { height: 24, pad: 9, gap: 6 };
/** A bar that is a network, and the space to the next. */
export const BAND = { height: 40, gap: 18 };
/** What a box meets a network with. */
export const TAB = { height: 38, pad: 8, gap: 10 };
/** From there to the nearest network. */
export const LEG = 26;
export const BRIDGE = { height: 24, pad: 10, gap: 12, drop: 22 };
