import { Link } from 'wouter';
import type { Answer, Answers, Audit, Appeal as Filed } from '../../contracts/audits.ts';
import type { Item } from '../../contracts/checklists.ts';
import { textIn } from '../../core/format.ts';
import { call } from '../api.ts';
import { AnswerCell } from '../office/answer-cell.tsx';
import { useChecklist } from '../office/checklist.ts';
import { Evidence } from '../office/evidence.tsx';
import { useHouses } from '../office/houses.ts';
import { Region } from '../office/region.tsx';
import { scoreInWords } from '../office/score.ts';
import { useTexts } from '../texts/texts.ts';
import { Control } from '../ui/controls.tsx';
import { Field, Form } from '../ui/form.tsx';
import { useKeptState } from '../ui/kept-state.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { AppealEffect } from './appeal-effect.tsx';
import { useMarket } from './markets.ts';
import { MarketPage } from './page.tsx';

interface Props {
  readonly market: string;
  readonly id: string;
}

/** An appeal: what the house says to each item, what was seen, and the decision with its effect. */
export function Appeal({ market, id }: Props) {
  const t = useTexts();
  const house = useHouses(market);
  const appeal = useAnswer<Filed>(`/markets/${market}/appeals/${id}`);
  const audit = useAnswer<Audit>(
    `/markets/${market}/audits/${appeal.answer?.auditId}`,
    appeal.answer !== undefined,
  );
  return (
    <MarketPage
      market={market}
      title={
        appeal.answer ? t('appealBy', { name: house(appeal.answer.dealer).name }) : t('appeals')
      }
      beside={<Link href={`/m/${market}/appeals`}>{t('back')}</Link>}
    >
      <Region of={appeal}>
        {(filed) => (
          <Region of={audit}>
            {(about) => (
              <Considered
                key={filed.state}
                {...{ market, filed, about }}
                onMove={async () => {
                  await Promise.all([appeal.refresh(), audit.refresh()]);
                }}
              />
            )}
          </Region>
        )}
      </Region>
    </MarketPage>
  );
}

interface ConsideredProps {
  readonly market: string;
  readonly filed: Filed;
  readonly about: Audit;
  readonly onMove: () => Promise<void>;
}

function Considered({ market: code, filed, about, onMove }: ConsideredProps) {
  const t = useTexts();
  const { market } = useMarket(code);
  const reading = useChecklist(about.checklist);
  const [changed, setChanged, forgetChanged] = useKeptState<Answers>(
    `appeal ${filed.id}`,
    () => ({}),
  );
  if (!reading) return <div className="coming" />;
  const items = new Map(
    reading.checklist.sections.flatMap((section) => section.items).map((item) => [item.id, item]),
  );
  const mayAct = market.roles.includes('market-manager') && filed.state === 'open';
  const change = (item: string, answer: Answer | undefined) => {
    const { [item]: _, ...others } = changed;
    setChanged(answer ? { ...others, [item]: answer } : others);
  };
  return (
    <>
      <p>
        {t(`appeal.${filed.state}`)} · {t.moment(filed.filedAt, market.timeZone)} ·{' '}
        <Link href={`/m/${code}/audits/${filed.auditId}`}>{t('wholeAudit')}</Link>
      </p>
      {filed.items.map(({ itemId, statement, evidence, original, appealed }) => {
        const item = items.get(itemId);
        if (!item) return null;
        return (
          <section key={itemId} className="item" aria-labelledby={`${itemId}-question`}>
            <h2 id={`${itemId}-question`}>{textIn(item.question, t.language)}</h2>
            <dl>
              <dt>{t('houseSays')}</dt>
              <dd>
                {statement}
                <span className="evidence">
                  {evidence.map((sha256, n) => (
                    <Evidence
                      key={sha256}
                      market={code}
                      sha256={sha256}
                      label={t('photoNumber', { n: n + 1 })}
                    />
                  ))}
                </span>
              </dd>
              <dt>{t('wasAnswered')}</dt>
              <dd>
                <AnswerCell item={item} answer={original} market={code} />
              </dd>
              {appealed ? (
                <>
                  <dt>{t('isAnswered')}</dt>
                  <dd>
                    <AnswerCell item={item} answer={appealed} market={code} />
                  </dd>
                </>
              ) : null}
            </dl>
            {mayAct ? (
              <Amendment
                {...{ item, original }}
                given={changed[itemId]}
                change={change}
                timeZone={market.timeZone}
              />
            ) : null}
          </section>
        );
      })}
      {mayAct ? (
        <AppealEffect
          path={`/markets/${code}/appeals/${filed.id}`}
          score={about.score}
          changed={changed}
        />
      ) : null}
      {mayAct ? (
        <Form
          keptAs={`decision of appeal ${filed.id}`}
          send={t(Object.keys(changed).length > 0 ? 'amendItems' : 'confirmAudit', {
            n: Object.keys(changed).length,
          })}
          onSend={async ({ reason }) => {
            await call(`/markets/${code}/appeals/${filed.id}/decide`, { answers: changed, reason });
            forgetChanged();
            await onMove();
          }}
        >
          <Field name="reason" label={t('reasonFor')} hint={t('decideMore')} isLong />
        </Form>
      ) : (
        <>
          <h2>{t('decision')}</h2>
          <p>{filed.reason ?? t('stillOpen')}</p>
          <p>
            {t('score')}: {scoreInWords(about.score, t)}
          </p>
        </>
      )}
    </>
  );
}

interface AmendmentProps {
  readonly item: Item;
  readonly original: Answer | null;
  readonly given: Answer | undefined;
  readonly change: (item: string, answer: Answer | undefined) => void;
  readonly timeZone: string;
}

/** Another answer to an appealed item, by the same controls as the auditor's. */
function Amendment({ item, original, given, change, timeZone }: AmendmentProps) {
  const t = useTexts();
  if (item.type === 'photo' || item.type === 'file') return null;
  return (
    <details>
      <summary>{t('otherAnswer')}</summary>
      <Control
        item={item}
        timeZone={timeZone}
        value={given?.value}
        change={(value) => {
          const { notApplicable: _, value: __, ...rest } = original ?? {};
          change(item.id, value === undefined ? undefined : { ...rest, value });
        }}
      />
      <label className="choice dashed">
        <input
          type="checkbox"
          checked={given?.notApplicable !== undefined}
          onChange={(event) =>
            change(item.id, event.target.checked ? { notApplicable: t('doesNotApply') } : undefined)
          }
        />
        <span>{t('notApplicable')}</span>
      </label>
    </details>
  );
}
