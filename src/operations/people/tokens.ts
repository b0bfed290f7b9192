import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { issuedToken, tokenRequest } from '../../contracts/people.ts';
import { code } from '../../contracts/primitives.ts';
import { inputRefused, notFound, secondPersonNeeded } from '../../contracts/problems.ts';
import { revokeTokens } from '../../db/accounts.ts';
import {
  findActorByCode,
  findPerson,
  insertGrant,
  insertToken,
  isSameGrant,
  upsertPerson,
} from '../../db/people.ts';
import { makeToken } from '../accounts/account.ts';
import { forget } from '../directory.ts';
import { defineOperation, isSystem } from '../operation.ts';
import { scopeGrant } from './grants.ts';

/**
 * Makes a token for a person, bound to these roles. The machine's owner may name people and roles
 * that are not there yet; an administrator only themselves. The token is shown this once.
 */
export const issueToken = defineOperation({
  name: 'tokens.issue',
  summary: 'Issue a bearer token for a person with these roles and scopes',
  input: tokenRequest,
  output: issuedToken,
  scope: 'network',
  writes: true,
  logged: ['person', 'label', 'grants'],
  refuses: [notFound, inputRefused, secondPersonNeeded],
  async act({ tx, actor, context }, { person, name, grants, label, expiresAt, readsOnly }) {
    const isOwner = isSystem(actor);
    const known = await findPerson(tx, person);
    if (!known && !isOwner) throw notFound({ what: 'person', id: person });
    // Whoever holds a token acts as its person: nobody makes one for another and keeps it.
    if (!isOwner && known!.id !== actor.personId) {
      throw secondPersonNeeded(
        { what: `a token of ${person}` },
        `only ${person} makes tokens for ${person}, signed in, on their account's page`,
      );
    }
    const id =
      known?.id ?? (await upsertPerson(tx, { id: uuidv7(), code: person, name: name ?? person }));
    const held = known ? ((await findActorByCode(tx, person))?.grants ?? []) : [];
    const scope = [];
    for (const grant of grants) {
      const scoped = await scopeGrant(tx, grant);
      scope.push(scoped);
      if (held.some((each) => isSameGrant(each, scoped))) continue;
      if (!isOwner) {
        throw secondPersonNeeded(
          { what: `the role ${grant.role}` },
          `${person} does not have the role ${grant.role} there; ask for it, and a second administrator grants it`,
        );
      }
      await insertGrant(tx, id, scoped);
    }
    const made = makeToken();
    await insertToken(tx, {
      ...made.row,
      personId: id,
      label,
      scope,
      readsOnly,
      expiresAt: expiresAt ? new Date(expiresAt) : null,
    });
    forget(context);
    return { token: made.token, person, grants, label };
  },
});

export const revokeToken = defineOperation({
  name: 'tokens.revoke',
  summary: "Revoke one of a person's tokens, or all of them",
  input: z.strictObject({ person: code, id: z.string().length(16).optional() }),
  output: z.strictObject({ revoked: z.int() }),
  scope: 'network',
  writes: true,
  logged: ['person', 'id'],
  refuses: [notFound],
  async act({ tx, now, context }, { person, id }) {
    const known = await findPerson(tx, person);
    if (!known) throw notFound({ what: 'person', id: person });
    const revoked = await revokeTokens(tx, known.id, id, now);
    forget(context);
    return { revoked };
  },
});
