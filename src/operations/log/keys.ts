import { z } from 'zod';
import { publicKey } from '../../contracts/log.ts';
import { defineOperation } from '../operation.ts';
import { anchorChains } from './anchor.ts';

const keys = z.strictObject({ items: z.array(publicKey) });

/** A new signing key, introduced by the present one; the present one is retired and its private part destroyed. */
export const rotateKey = defineOperation({
  name: 'keys.rotate',
  summary: 'Make a new signing key and retire the present one',
  input: z.strictObject({}),
  output: keys,
  scope: 'network',
  writes: true,
  // The heads are signed once more by the old key, while it can.
  prepare: ({ context }) => anchorChains(context),
  async act({ context, now }) {
    context.keys.rotate(now);
    return { items: context.keys.list() };
  },
});

/** The public keys, the oldest first; retired ones too, since what they signed stands. */
export const listKeys = defineOperation({
  name: 'keys.list',
  summary: 'The public keys by which signatures are checked',
  input: z.strictObject({}),
  output: keys,
  scope: 'network',
  writes: false,
  act: async ({ context }) => ({ items: context.keys.list() }),
});
