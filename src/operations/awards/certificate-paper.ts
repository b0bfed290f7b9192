import { z } from 'zod';
import { type CertificateView, certificate } from '../../../reports/certificate.ts';
import { language, madeFile } from '../../contracts/primitives.ts';
import { notFound } from '../../contracts/problems.ts';
import { canonicalSha256 } from '../../core/canonical.ts';
import { parsePeriod } from '../../core/periods.ts';
import { readBrand } from '../../db/brand.ts';
import { getDecisionRow, listCertificates, listSteps } from '../../db/decisions.ts';
import { getDocumentByNumber } from '../../db/documents.ts';
import { getDealer } from '../../db/network.ts';
import { makePdf } from '../../render/pdf.ts';
import { type Act, defineComputed } from '../operation.ts';
import { pdfFile } from '../pdf-file.ts';

/**
 * The certificate of a winner as PDF: before the award is published a preview without a code. The same
 * award in the same language gives the same bytes.
 */
export const renderCertificate = defineComputed({
  name: 'decisions.certificate',
  summary: "A winner's certificate as PDF; a preview until the award is published",
  input: z.strictObject({
    market: z.string(),
    id: z.uuid(),
    winner: z.string().optional().describe('Where there are several; default the first.'),
    language: language.default('en'),
  }),
  output: madeFile,
  scope: 'market',
  writes: false,
  noted: true,
  logged: ['id', 'winner'],
  refuses: [notFound],
  async prepare(preparation, { id, winner, language: of }) {
    const view = await preparation.inMarket((act) => readView(act, id, winner));
    const bytes = await makePdf(certificate(view, of), of);
    return pdfFile(bytes, 'certificate.pdf', { sha256: canonicalSha256(view), language: of });
  },
});

async function readView(act: Act, id: string, asked: string | undefined): Promise<CertificateView> {
  const { tx, market } = act;
  const row = await getDecisionRow(tx, market.id, id);
  const winner = asked ?? row.winners[0];
  // Before somebody is proposed, the paper can be looked at with any house on it.
  const isWinner = row.state === 'frozen' || (winner && row.winners.includes(winner));
  if (winner === undefined || !isWinner) {
    throw notFound({ what: 'winner', id: winner ?? '' });
  }
  const [house = winner, advisor] = winner.split('/');
  const dealer = await getDealer(tx, market.id, house, {});
  const document = await getDocumentByNumber(tx, row.document);
  const issued = (await listCertificates(tx, market.id, id)).find((each) => each.dealer === winner);
  const published = (await listSteps(tx, market.id, id)).findLast(
    ({ step }) => step === 'published',
  );
  const { name, signatories } = await readBrand(tx);
  return {
    brand: name,
    signatories,
    award: document.title,
    winner: advisor ?? dealer.name,
    place: [advisor ? dealer.name : '', dealer.town ?? ''].filter(Boolean),
    market: { code: market.code, name: market.names['en'] ?? market.code },
    period: parsePeriod(row.period),
    issued:
      issued && published
        ? {
            at: published.at.toISOString(),
            code: issued.code,
            checkedAt: `${act.context.site.origin}/verify/${issued.code}`,
          }
        : undefined,
    isWithdrawn: row.state === 'withdrawn',
  };
}
