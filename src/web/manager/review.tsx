import { useMemo } from 'react';
import { Link } from 'wouter';
import type { Audit } from '../../contracts/audits.ts';
import { call } from '../api.ts';
import { auditReportAt } from '../office/costs.tsx';
import { useTitles } from '../office/documents.ts';
import { useHouses } from '../office/houses.ts';
import { Region } from '../office/region.tsx';
import { scoreInWords } from '../office/score.ts';
import { useTexts } from '../texts/texts.ts';
import { Field, Form } from '../ui/form.tsx';
import { useKeptState } from '../ui/kept-state.ts';
import { Shortcuts } from '../ui/shortcuts.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { useMarket } from './markets.ts';
import { MarketPage } from './page.tsx';
import { ReviewAnswers } from './review-answers.tsx';

interface Props {
  readonly market: string;
  readonly id: string;
}

/** An audit before it counts: what was answered, what shows it, what is strange, and what to do. */
export function Review({ market, id }: Props) {
  const t = useTexts();
  const audit = useAnswer<Audit>(`/markets/${market}/audits/${id}`);
  const house = useHouses(market);
  const title = audit.answer ? house(audit.answer.dealer).name : t('review');
  return (
    <MarketPage
      market={market}
      title={title}
      beside={<Link href={`/m/${market}/audits`}>{t('back')}</Link>}
    >
      <Region of={audit}>
        {(found) => <Reviewed market={market} audit={found} onMove={audit.refresh} />}
      </Region>
    </MarketPage>
  );
}

interface ReviewedProps {
  readonly market: string;
  readonly audit: Audit;
  readonly onMove: () => Promise<void>;
}

function Reviewed({ market: code, audit, onMove }: ReviewedProps) {
  const t = useTexts();
  const { market } = useMarket(code);
  const titleOf = useTitles('checklist');
  const [remarks, setRemarks, forgetRemarks] = useKeptState<Readonly<Record<string, string>>>(
    `remarks ${audit.id} ${audit.revision}`,
    () => audit.remarks,
  );
  const isWaiting = audit.state === 'submitted' || audit.state === 'under-review';
  const mayAct = market.roles.includes('market-manager');
  const given = Object.entries(remarks).filter(([, text]) => text.trim() !== '');
  const path = `/markets/${code}/audits/${audit.id}`;
  const move = (step: string, body: object) => async () => {
    await call(`${path}/${step}`, body);
    forgetRemarks();
    await onMove();
  };
  const keys = useMemo(
    () => [
      { key: 'j', words: t('key.next'), act: () => focusItem(1) },
      { key: 'k', words: t('key.previous'), act: () => focusItem(-1) },
      { key: 'e', words: t('key.evidence'), act: () => within('.evidence a, .evidence button') },
      { key: 'c', words: t('key.remark'), act: () => within('textarea, button.plain', true) },
    ],
    [t],
  );
  return (
    <div className="two-sides">
      <a className="jump" href="#decide">
        {t('decision')}: {t(`audit.${audit.state}`)}, {scoreInWords(audit.score, t)}
      </a>
      <ReviewAnswers
        {...{ market: code, audit, remarks }}
        remark={
          isWaiting && mayAct
            ? (item, text) => setRemarks((before) => ({ ...before, [item]: text }))
            : undefined
        }
      />
      <aside id="decide">
        <h2>{t(`audit.${audit.state}`)}</h2>
        <Shortcuts keys={keys} />
        <dl>
          <dt>{t('score')}</dt>
          <dd>{scoreInWords(audit.score, t)}</dd>
          <dt>{t('checklist')}</dt>
          <dd>
            {titleOf(audit.checklist.id)} {audit.checklist.version}
          </dd>
          <dt>{t('auditor')}</dt>
          <dd>{audit.auditor ?? '–'}</dd>
          <dt>{t('visitDay')}</dt>
          <dd>{t.date(audit.visitDate)}</dd>
          {audit.visit?.startedAt && audit.visit.finishedAt ? (
            <>
              <dt>{t('written')}</dt>
              <dd>
                {t.moment(audit.visit.startedAt, market.timeZone)} –{' '}
                {t.time(audit.visit.finishedAt, market.timeZone)}
              </dd>
            </>
          ) : null}
          <dt>{t('receivedOn')}</dt>
          <dd>{t.moment(audit.submittedAt, market.timeZone)}</dd>
        </dl>
        <p>
          <a href={auditReportAt(code, audit.id, t.language)}>{t('auditReport')}</a>
        </p>
        <h2>{t('signs')}</h2>
        {audit.signs.length === 0 ? (
          <p className="muted">{t('noSigns')}</p>
        ) : (
          <ul className="signs">
            {audit.signs.map(({ sign, detail }) => (
              <li key={sign}>{t(`sign.${sign}`, { detail: detail ?? '' })}</li>
            ))}
          </ul>
        )}
        {mayAct && isWaiting ? (
          <>
            <Form send={t('approve')} onSend={move('approve', {})}>
              <p className="muted">{t('approveMore')}</p>
            </Form>
            <Form
              isQuiet
              send={t('return', { n: given.length })}
              onSend={move('return', { remarks: Object.fromEntries(given) })}
            >
              <p className="muted">{t(given.length > 0 ? 'returnMore' : 'remarkFirst')}</p>
            </Form>
          </>
        ) : null}
        {mayAct && audit.state === 'approved' ? (
          <Form send={t('release')} onSend={move('release', {})}>
            <p className="muted">{t('releaseMore')}</p>
          </Form>
        ) : null}
        {mayAct && !isWaiting && audit.state !== 'withdrawn' && audit.state !== 'returned' ? (
          <details>
            <summary>{t('withdrawAudit')}</summary>
            <Form
              isQuiet
              send={t('withdrawAudit')}
              onSend={({ reason }) => move('withdraw', { reason })()}
            >
              <p className="muted">{t('withdrawAuditMore')}</p>
              <Field name="reason" label={t('reasonFor')} isLong />
            </Form>
          </details>
        ) : null}
      </aside>
    </div>
  );
}

const answered = '.answers > div';

/** The answer in which the focus is. */
const present = () => document.activeElement?.closest<HTMLElement>(answered);

/** Goes to the next answer or the one before; from elsewhere to the first. */
function focusItem(by: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>(answered)];
  const here = present();
  const next = here ? all[all.indexOf(here) + by] : all[0];
  next?.focus();
  next?.scrollIntoView({ block: 'center' });
}

/** Goes to a part of the present answer, and opens it where it is a button that does. */
function within(selector: string, isOpened = false): void {
  const here = present();
  const found = here?.querySelector<HTMLElement>(selector);
  if (isOpened && found instanceof HTMLButtonElement) {
    found.click();
    // The field comes with the next rendering.
    requestAnimationFrame(() => here?.querySelector<HTMLElement>('textarea')?.focus());
  } else found?.focus();
}
