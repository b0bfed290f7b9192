/** The seven personal standards of quality service (S2), in their order. */
export const standards = [
  'appearance',
  'attitude',
  'attentiveness',
  'tact',
  'guidance',
  'working-skills',
  'gracious-problem-solving',
] as const;
export type Standard = (typeof standards)[number];
