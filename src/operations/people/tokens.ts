import { randomBytes } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { issuedToken, tokenRequest } from '../../contracts/people.ts';
import { inputRefused, notFound } from '../../contracts/problems.ts';
import { getMarket } from '../../db/markets.ts';
import { getDealerIdIn } from '../../db/network.ts';
import { findPerson, hashToken, insertGrant, insertToken, upsertPerson } from '../../db/people.ts';
import { defineOperation } from '../operation.ts';

/** Makes a token for a person, whom it makes too if unknown. The token is shown this once. */
export const issueToken = defineOperation({
  name: 'tokens.issue',
  summary: 'Issue a bearer token for a person with these roles and scopes',
  input: tokenRequest,
  output: issuedToken,
  scope: 'network',
  writes: true,
  logged: ['person', 'label', 'grants'],
  refuses: [notFound, inputRefused],
  async act({ tx }, { person, name, grants, label, expiresAt }) {
    const known = await findPerson(tx, person);
    const id =
      known?.id ?? (await upsertPerson(tx, { id: uuidv7(), code: person, name: name ?? person }));
    for (const grant of grants) {
      const isNetwork = grant.role === 'administrator' || grant.role === 'network-manager';
      if (
        isNetwork === (grant.market !== undefined) ||
        (grant.role === 'dealer') !== (grant.dealer !== undefined)
      ) {
        throw inputRefused({
          errors: [
            {
              pointer: '/grants',
              code: 'scope',
              detail: `a ${grant.role} has ${isNetwork ? 'no market' : grant.role === 'dealer' ? 'a market and a dealer' : 'a market and no dealer'}`,
            },
          ],
        });
      }
      const market = grant.market === undefined ? undefined : await getMarket(tx, grant.market);
      const dealerId =
        market && grant.dealer ? await getDealerIdIn(tx, market.id, grant.dealer) : null;
      await insertGrant(tx, {
        id: uuidv7(),
        personId: id,
        role: grant.role,
        marketId: market?.id ?? null,
        dealerId,
      });
    }
    const token = `omo_${randomBytes(32).toString('base64url')}`;
    await insertToken(tx, {
      sha256: hashToken(token),
      prefix: token.slice(0, 8),
      personId: id,
      label,
      expiresAt: expiresAt ? new Date(expiresAt) : null,
    });
    return { token, person, grants, label };
  },
});
