import { z } from 'zod';
import { brand } from '../../contracts/brand.ts';
import { readBrand, writeBrand } from '../../db/brand.ts';
import { defineOperation } from '../operation.ts';

export const getBrand = defineOperation({
  name: 'brand.get',
  summary: 'The brand on every paper',
  input: z.strictObject({}),
  output: brand,
  scope: 'network',
  writes: false,
  act: ({ tx }) => readBrand(tx),
});

/** Papers made from now on bear it; a released scorecard keeps the name that it was released under. */
export const setBrand = defineOperation({
  name: 'brand.set',
  summary: 'Set the brand on every paper made from now on',
  input: brand,
  output: brand,
  scope: 'network',
  writes: true,
  logged: ['name', 'signatories'],
  async act({ tx }, wanted) {
    await writeBrand(tx, wanted);
    return readBrand(tx);
  },
});
