import { createHash } from 'node:crypto';
import type { Context } from '../../context.ts';
import { notFound } from '../../contracts/problems.ts';
import { sha256Hex } from '../../core/canonical.ts';
import {
  type DecisionRow,
  findCertificate,
  insertCertificates,
  withdrawCertificates,
} from '../../db/decisions.ts';
import { getDocumentByNumber } from '../../db/documents.ts';
import { getDealer } from '../../db/network.ts';
import type { Act } from '../operation.ts';

/** Without 0, 1, I, L, O and U: read aloud or copied by hand, it stays what it is. */
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The code on a winner's certificate: 12 letters, about 58 bits, from what was signed. */
export function codeOf(statement: string, winner: string): string {
  const bytes = createHash('sha256').update(`${statement}\n${winner}`).digest();
  const code = [...bytes.subarray(0, 12)].map((byte) => letters[byte % letters.length]).join('');
  return code.replace(/(.{4})(?=.)/g, '$1-');
}

/** Makes the certificates of a decision that is published now. */
export async function issueCertificates(
  act: Act,
  row: DecisionRow,
  step: { readonly statement: string; readonly signature: string; readonly keyId: string },
): Promise<void> {
  const { tx, market, now } = act;
  const document = await getDocumentByNumber(tx, row.document);
  const rows = [];
  for (const winner of row.winners) {
    const { name } = await getDealer(tx, market.id, winner.split('/')[0]!, {});
    rows.push({
      code: codeOf(step.statement, winner),
      marketId: market.id,
      decisionId: row.id,
      marketName: market.names['en'] ?? market.code,
      dealerCode: winner,
      dealerName: name,
      programme: document.title.en,
      period: row.period,
      issuedAt: now,
      statementSha256: sha256Hex(step.statement),
      signature: step.signature,
      keyId: step.keyId,
    });
  }
  await insertCertificates(tx, rows);
}

/** A withdrawn decision's certificates say so from now on. */
export function voidCertificates({ tx, market, now }: Act, id: string): Promise<unknown> {
  return withdrawCertificates(tx, market.id, id, now);
}

/** What anybody may read of a certificate. @throws not-found */
export async function readCertificate(context: Context, code: string) {
  const asked = code.toUpperCase().replace(/[^0-9A-Z]/g, '');
  const written = asked.replace(/(.{4})(?=.)/g, '$1-');
  const row = await context.database.transaction({ role: 'nobody' }, (tx) =>
    findCertificate(tx, written),
  );
  if (!row) throw notFound({ what: 'certificate', id: code.slice(0, 40) });
  return {
    code: row.code,
    dealer: row.dealerName,
    market: row.marketName,
    award: row.programme,
    period: row.period,
    issuedAt: row.issuedAt.toISOString(),
    state: row.withdrawnAt ? ('withdrawn' as const) : ('valid' as const),
    withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
    statementSha256: row.statementSha256,
    signature: row.signature,
    keyId: row.keyId,
  };
}
