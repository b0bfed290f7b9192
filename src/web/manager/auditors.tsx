import { translator } from '../../../reports/texts.ts';
import type { AgreementRow, AuditorReport } from '../../contracts/auditors.ts';
import { type Standard, standards } from '../../contracts/standards.ts';
import { enough } from '../../core/auditors/enough.ts';
import { textIn } from '../../core/format.ts';
import { Region } from '../office/region.tsx';
import { Table } from '../office/table.tsx';
import { useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { MarketPage } from './page.tsx';
import { ProgrammeChoice, useProgramme } from './programmes.tsx';

/** How severe auditors are, whether they change, and how far they agree: signs for a talk, no verdicts. */
export function Auditors({ market }: { readonly market: string }) {
  const t = useTexts();
  const programme = useProgramme();
  return (
    <MarketPage market={market} title={t('auditors')} beside={<ProgrammeChoice of={programme} />}>
      {programme.id ? (
        <Report key={`${market} ${programme.id}`} market={market} programme={programme.id} />
      ) : null}
    </MarketPage>
  );
}

function Report({ market, programme }: { readonly market: string; readonly programme: string }) {
  const t = useTexts();
  const report = useAnswer<AuditorReport>(`/markets/${market}/auditors?programme=${programme}`);
  const say = translator(t.language);
  const whatOf = ({ what, kind, title }: AgreementRow) =>
    kind === 'total'
      ? t('total')
      : title
        ? textIn(title, t.language)
        : standards.includes(what as Standard)
          ? say(what as Standard)
          : what;
  return (
    <Region of={report}>
      {({ auditors, components, correction, groups, agreement, audits }) => (
        <>
          <p className="finding">
            {components
              ? t('varianceShares', {
                  dealers: t.share(components.shares.dealers),
                  auditors: t.share(components.shares.auditors),
                  rest: t.share(components.shares.rest),
                })
              : t('noShares', { n: audits })}
          </p>
          <Table
            label={t('auditors')}
            head={[
              t('auditor'),
              { number: t('audits') },
              { number: t('mean') },
              { number: t('leniency') },
              t('signs'),
            ]}
          >
            <tbody>
              {auditors.map((each) => (
                <tr key={each.auditor}>
                  <th scope="row">{each.auditor}</th>
                  <td className="number">{each.audits}</td>
                  <td className="number">{t.score(each.mean)}</td>
                  <td className="number">
                    {each.leniency === null ? '–' : t.signed(each.leniency)}
                    {each.leniencySd === null ? null : (
                      <small className="muted"> ± {t.score(each.leniencySd)}</small>
                    )}
                  </td>
                  <td>{t.list(each.flags.map((flag) => t(`flag.${flag}`)))}</td>
                </tr>
              ))}
            </tbody>
          </Table>
          <p className="muted">{t('leniencyNote')}</p>
          <h2>{t('correction')}</h2>
          <p>
            {correction.allowed ? t('correctionAllowed') : t('correctionNotAllowed')}{' '}
            {[
              components ? '' : t('reasonLittle'),
              groups.length > 1 ? t('parts', { n: groups.length }) : '',
              ...auditors
                .filter((each) => each.audits < enough.audits || each.dealers < enough.dealers)
                .map(({ auditor, audits: n, dealers }) =>
                  t('reasonFew', {
                    ...{ auditor, audits: n, houses: dealers },
                    ...{ leastAudits: enough.audits, leastHouses: enough.dealers },
                  }),
                ),
            ]
              .filter(Boolean)
              .join(' ')}
          </p>
          <h2>{t('agreement')}</h2>
          <p>{t(agreement.rows.length === 0 ? 'noAgreement' : 'agreementNote')}</p>
          {agreement.rows.length === 0 ? null : (
            <Table
              label={t('agreement')}
              head={[
                t('what'),
                { number: t('comparedVisits') },
                { number: 'Krippendorff α' },
                { number: 'Gwet AC1' },
              ]}
            >
              <tbody>
                {agreement.rows.map((row) => (
                  <tr key={`${row.kind} ${row.what} ${row.title?.en}`}>
                    <th scope="row" className="words">
                      {whatOf(row)}
                    </th>
                    <td className="number">{row.visits}</td>
                    <td className="number">{row.alpha === null ? '–' : t.score(row.alpha, 2)}</td>
                    <td className="number">{row.ac1 === null ? '–' : t.score(row.ac1, 2)}</td>
                  </tr>
                ))}
              </tbody>
            </Table>
          )}
        </>
      )}
    </Region>
  );
}
