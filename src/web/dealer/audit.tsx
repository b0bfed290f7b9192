import { useState } from 'react';
import { Link } from 'wouter';
import type { Appeal, Audit } from '../../contracts/audits.ts';
import { textIn } from '../../core/format.ts';
import { AnswerCell } from '../office/answer-cell.tsx';
import { AnswersList } from '../office/answers-list.tsx';
import { type Reading, useChecklist } from '../office/checklist.ts';
import { auditReportAt, Costs } from '../office/costs.tsx';
import { Region } from '../office/region.tsx';
import { scoreInWords } from '../office/score.ts';
import { useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { AppealForm } from './appeal-form.tsx';
import type { House } from './houses.ts';
import { HousePage } from './page.tsx';

interface Props extends House {
  readonly id: string;
}

/** A released audit, item by item, with what became of an appeal. */
export function DealerAudit({ market, dealer, id }: Props) {
  const t = useTexts();
  const audit = useAnswer<Audit>(`/markets/${market}/audits/${id}`);
  const title = audit.answer
    ? t('auditOf', { month: t.month(audit.answer.visitDate) })
    : t('audits');
  return (
    <HousePage
      {...{ market, dealer, title }}
      beside={<Link href={`/d/${market}/${dealer}/audits`}>{t('back')}</Link>}
    >
      <Region of={audit}>
        {(found) => (
          <Released key={found.state} {...{ market }} audit={found} onMove={audit.refresh} />
        )}
      </Region>
    </HousePage>
  );
}

interface ReleasedProps {
  readonly market: string;
  readonly audit: Audit;
  readonly onMove: () => Promise<void>;
}

function Released({ market, audit, onMove }: ReleasedProps) {
  const t = useTexts();
  const reading = useChecklist(audit.checklist);
  const [isAppealing, setAppealing] = useState(false);
  if (!reading) return <div className="coming" />;
  return (
    <>
      <p className="finding">
        {t('score')}: {scoreInWords(audit.score, t)}
      </p>
      <p className="muted">
        {textIn(reading.checklist.title, t.language)} {audit.checklist.version} ·{' '}
        {t(`audit.${audit.state}`)} ·{' '}
        <a href={auditReportAt(market, audit.id, t.language)}>{t('auditReport')}</a>
      </p>
      {isAppealing ? (
        <AppealForm
          {...{ market, audit, reading }}
          onEnd={() => setAppealing(false)}
          onSent={onMove}
        />
      ) : (
        <>
          {audit.appealUntil ? (
            <div className="decide">
              <button type="button" onClick={() => setAppealing(true)}>
                {t('appeal')}
              </button>
              <p className="muted">{t('appealUntil', { date: t.date(audit.appealUntil) })}</p>
            </div>
          ) : null}
          <Appeals market={market} audit={audit} reading={reading} />
          <Costs audit={audit} reading={reading} />
          <AnswersList audit={audit} reading={reading} />
        </>
      )}
    </>
  );
}

interface AppealsProps {
  readonly market: string;
  readonly audit: Audit;
  readonly reading: Reading;
}

/** Appeals of this audit with their decisions. */
function Appeals({ market, audit, reading }: AppealsProps) {
  const rows = useAnswer<{ items: { id: string }[] }>(
    `/markets/${market}/appeals?auditId=${audit.id}`,
  );
  return (rows.answer?.items ?? []).map(({ id }) => (
    <OneAppeal key={id} {...{ market, reading, id }} />
  ));
}

function OneAppeal({ market, reading, id }: Omit<AppealsProps, 'audit'> & { readonly id: string }) {
  const t = useTexts();
  const appeal = useAnswer<Appeal>(`/markets/${market}/appeals/${id}`);
  const items = new Map(
    reading.checklist.sections.flatMap((section) => section.items).map((item) => [item.id, item]),
  );
  return (
    <Region of={appeal}>
      {(filed) => (
        <section className="notice" aria-label={t('yourAppeal')}>
          <h2>
            {t('yourAppeal')}: {t(`appeal.${filed.state}`)}
          </h2>
          <p className="muted">{t.date(filed.filedAt.slice(0, 10))}</p>
          <dl>
            {filed.items.map(({ itemId, statement, original, appealed }) => {
              const item = items.get(itemId);
              return item ? (
                <div key={itemId}>
                  <dt>{textIn(item.question, t.language)}</dt>
                  <dd>
                    {statement}
                    <br />
                    <small className="muted">
                      {t('wasAnswered')}: <AnswerCell item={item} answer={original} />
                      {appealed ? (
                        <>
                          {' · '}
                          {t('isAnswered')}: <AnswerCell item={item} answer={appealed} />
                        </>
                      ) : null}
                    </small>
                  </dd>
                </div>
              ) : null;
            })}
          </dl>
          {filed.reason ? <blockquote>{filed.reason}</blockquote> : null}
        </section>
      )}
    </Region>
  );
}
