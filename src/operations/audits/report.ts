import { z } from 'zod';
import { type AuditReport, auditReport } from '../../../reports/audit-report.ts';
import { language, madeFile } from '../../contracts/primitives.ts';
import { notFound } from '../../contracts/problems.ts';
import { canonicalSha256 } from '../../core/canonical.ts';
import { readBrand } from '../../db/brand.ts';
import { makePdf } from '../../render/pdf.ts';
import { defineComputed } from '../operation.ts';
import { pdfFile } from '../pdf-file.ts';
import { readAudit } from './read.ts';

/** An audit as PDF, as its reader may see it. The same audit in the same language gives the same bytes. */
export const renderAudit = defineComputed({
  name: 'audits.pdf',
  summary: 'The full report of an audit as PDF; a house gets it without auditor, day and times',
  input: z.strictObject({ market: z.string(), id: z.uuid(), language: language.default('en') }),
  output: madeFile,
  scope: 'market',
  writes: false,
  noted: true,
  logged: ['id'],
  refuses: [notFound],
  async prepare(preparation, { id, language: of }) {
    const report = await preparation.inMarket(async (act): Promise<AuditReport> => {
      const { audit, dealer, timeZone, checklist } = await readAudit(act, id);
      return {
        brand: (await readBrand(act.tx)).name,
        dealer: { name: dealer.name, town: dealer.town },
        market: { code: act.market.code, name: act.market.names['en'] ?? act.market.code },
        timeZone,
        // What only a reviewer is told is not on paper, and does not make another file.
        audit: { ...audit, auditor: null, remarks: {}, visit: null, signs: [], appealUntil: null },
        checklist,
        isForDealer: act.own.dealerId !== undefined,
      };
    });
    const bytes = await makePdf(auditReport(report, of), of);
    return pdfFile(bytes, 'audit.pdf', { sha256: canonicalSha256(report), language: of });
  },
});
