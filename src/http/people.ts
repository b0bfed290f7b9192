import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import {
  changePassword,
  confirmTotp,
  endSession,
  getAccount,
  issueOwnToken,
  removeTotp,
  revokeOwnToken,
  startTotp,
} from '../operations/accounts/account.ts';
import { addPasskey, removePasskey, startPasskey } from '../operations/accounts/passkeys.ts';
import { decideGrant, requestGrant, revokeGrant } from '../operations/people/grants.ts';
import { inviteToHouse, listHouse, removeFromHouse } from '../operations/people/house.ts';
import { invitePerson, listAllPeople, resetPerson } from '../operations/people/people.ts';
import { issueToken, revokeToken } from '../operations/people/tokens.ts';
import { expose } from './expose.ts';

/** One's own account, the people of a house, and everybody with their roles and tokens. */
export function addPeopleRoutes(app: FastifyInstance, context: Context): void {
  expose(app, context, 'GET /account', getAccount);
  expose(app, context, 'POST /account/password', changePassword);
  expose(app, context, 'POST /account/totp', startTotp);
  expose(app, context, 'POST /account/totp/confirm', confirmTotp);
  expose(app, context, 'POST /account/totp/remove', removeTotp);
  expose(app, context, 'POST /account/passkeys/question', startPasskey);
  expose(app, context, 'POST /account/passkeys', addPasskey, { status: 201 });
  expose(app, context, 'POST /account/passkeys/remove', removePasskey);
  expose(app, context, 'POST /account/sessions/end', endSession);
  expose(app, context, 'POST /account/tokens', issueOwnToken, { status: 201 });
  expose(app, context, 'POST /account/tokens/revoke', revokeOwnToken);
  expose(app, context, 'GET /markets/:market/house', listHouse);
  expose(app, context, 'POST /markets/:market/house', inviteToHouse, { status: 201 });
  expose(app, context, 'POST /markets/:market/house/remove', removeFromHouse);
  expose(app, context, 'GET /people', listAllPeople);
  expose(app, context, 'POST /people', invitePerson, { status: 201 });
  expose(app, context, 'POST /people/reset', resetPerson);
  expose(app, context, 'POST /grants', requestGrant, { status: 201 });
  expose(app, context, 'POST /grants/decide', decideGrant);
  expose(app, context, 'POST /grants/revoke', revokeGrant);
  expose(app, context, 'POST /tokens', issueToken, { status: 201 });
  expose(app, context, 'POST /tokens/revoke', revokeToken);
}
