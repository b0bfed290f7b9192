import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { keyId, publicKey } from '../contracts/log.ts';
import { instantText, sha256 } from '../contracts/primitives.ts';
import { readCertificate } from '../operations/awards/certificates.ts';
import { rotateKey } from '../operations/log/keys.ts';
import { exportLog, exportNetworkLog, listLog, listNetworkLog } from '../operations/log/read.ts';
import { verifyLog } from '../operations/log/verify.ts';
import { expose } from './expose.ts';

const certificate = z.strictObject({
  code: z.string(),
  dealer: z.string(),
  market: z.string(),
  award: z.string(),
  period: z.string(),
  issuedAt: instantText,
  state: z.enum(['valid', 'withdrawn']),
  withdrawnAt: instantText.nullable(),
  statementSha256: sha256,
  signature: z.string(),
  keyId,
});

/** The audit log and its check; certificates and public keys, which anybody may read. */
export function addLogRoutes(app: FastifyInstance, context: Context): void {
  expose(app, context, 'GET /markets/:market/log', listLog);
  expose(app, context, 'GET /markets/:market/log/export', exportLog);
  expose(app, context, 'GET /log', listNetworkLog);
  expose(app, context, 'GET /log/export', exportNetworkLog);
  expose(app, context, 'GET /log/verify', verifyLog);
  expose(app, context, 'POST /keys/rotate', rotateKey);
  const open = { description: 'May be called by: anyone.', tags: ['certificates'] };
  app.get(
    '/api/v1/certificates/:code',
    {
      schema: {
        ...open,
        summary: 'Whether an award is valid; no scores',
        params: z.strictObject({ code: z.string().max(40) }),
        response: { 200: certificate },
      },
    },
    (request) => readCertificate(context, (request.params as { code: string }).code),
  );
  app.get(
    '/api/v1/keys',
    {
      schema: {
        ...open,
        summary: 'Public keys by which signatures are checked, the oldest first',
        response: { 200: z.strictObject({ items: z.array(publicKey) }) },
      },
    },
    () => ({ items: context.keys.list() }),
  );
}
