/** Bands of a customer's years with the brand; 0 = not known. Long-standing customers expect more (S3). */
export const tenureBands = ['unknown', 'under-1', '1-to-3', '3-to-7', '7-and-more'] as const;
export type TenureBand = (typeof tenureBands)[number];

/** Band of a number of years. @example tenureBandOf(3) // 3, that is '3-to-7' */
export function tenureBandOf(years: number | undefined): number {
  if (years === undefined) return 0;
  if (years < 1) return 1;
  if (years < 3) return 2;
  return years < 7 ? 3 : 4;
}
