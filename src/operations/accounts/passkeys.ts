import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { passkeyAnswer, passkeyQuestion, triedPassword } from '../../contracts/accounts.ts';
import { inputRefused, notFound, stateConflict, tooManyTries } from '../../contracts/problems.ts';
import {
  findPersonAccount,
  insertChallenge,
  insertPasskey,
  listPasskeys,
  removePasskeys,
  takeChallenge,
} from '../../db/accounts.ts';
import { askForNewPasskey, readNewPasskey } from '../../io/passkeys.ts';
import { defineOperation } from '../operation.ts';
import { misfit, needSession, proveAgain } from './account.ts';

const kind = 'new-passkey';

/** What the browser is asked so that it makes a passkey. */
export const startPasskey = defineOperation({
  name: 'account.start-passkey',
  summary: 'Begin to add a passkey',
  input: z.strictObject({ current: triedPassword }),
  output: z.strictObject({ challenge: z.uuid(), question: passkeyQuestion }),
  scope: 'network',
  writes: true,
  refuses: [inputRefused, stateConflict, tooManyTries],
  prepare: (preparation, { current }) => proveAgain(preparation, current),
  async act({ tx, actor, context, now }) {
    const { person, account } = (await findPersonAccount(tx, actor.personId))!;
    const question = await askForNewPasskey(
      context.site,
      { id: person.id, name: account?.email ?? person.code, displayName: person.name },
      await listPasskeys(tx, actor.personId),
    );
    const id = uuidv7();
    await insertChallenge(tx, {
      id,
      kind,
      personId: actor.personId,
      content: { challenge: question.challenge },
      expiresAt: new Date(now.getTime() + 600_000),
    });
    return { challenge: id, question: { ...question } };
  },
});

export const addPasskey = defineOperation({
  name: 'account.add-passkey',
  summary: 'Add the passkey that the browser made',
  input: z.strictObject({
    challenge: z.uuid(),
    label: z.string().trim().min(1).max(100),
    answer: passkeyAnswer,
  }),
  output: z.strictObject({ id: z.string() }),
  scope: 'network',
  writes: true,
  logged: ['label'],
  refuses: [inputRefused, stateConflict],
  async act({ tx, actor, context, now }, { challenge, label, answer }) {
    needSession(actor);
    const asked = await takeChallenge(tx, challenge, kind, now);
    const mine = asked?.personId === actor.personId ? asked : undefined;
    const passkey =
      mine && (await readNewPasskey(context.site, mine.content['challenge']!, answer));
    if (!passkey) throw misfit('/answer', 'the passkey did not fit; please start again');
    await insertPasskey(tx, {
      ...passkey,
      transports: [...passkey.transports],
      personId: actor.personId,
      label,
      createdAt: now,
    });
    return { id: passkey.id };
  },
});

export const removePasskey = defineOperation({
  name: 'account.remove-passkey',
  summary: 'Remove one of your passkeys',
  input: z.strictObject({ id: z.string().max(2000), current: triedPassword }),
  output: z.strictObject({ removed: z.literal(true) }),
  scope: 'network',
  writes: true,
  refuses: [notFound, inputRefused, stateConflict, tooManyTries],
  prepare: (preparation, { current }) => proveAgain(preparation, current),
  async act({ tx, actor }, { id }) {
    if ((await removePasskeys(tx, actor.personId, id)) === 0) {
      throw notFound({ what: 'passkey', id: id.slice(0, 40) });
    }
    return { removed: true as const };
  },
});
