import type { DecisionView } from '../../contracts/awards.ts';
import { call, Refused } from '../api.ts';
import type { House } from '../office/houses.ts';
import { useTexts } from '../texts/texts.ts';
import { Field, Form } from '../ui/form.tsx';
import { useKeptState } from '../ui/kept-state.ts';
import type { Market } from './markets.ts';
import { Step } from './step.tsx';

export interface StepProps {
  readonly market: Market;
  readonly decision: DecisionView | undefined;
  readonly house: (code: string) => House;
  readonly onMove: () => Promise<void>;
}

/** Step 3: a winner is proposed, with a reason where it is not the first; a second person confirms. */
export function DecisionStep({ market, decision, house, onMove }: StepProps) {
  const t = useTexts();
  if (!decision)
    return <Step n={3} title={t('step.decision')} state="locked" note={t('freezeFirst')} />;
  const isDone = decision.state === 'confirmed' || decision.state === 'published';
  const isProposed = decision.state === 'proposed';
  const path = `/markets/${market.code}/decisions/${decision.id}`;
  return (
    <Step n={3} title={t('step.decision')} state={isDone ? 'done' : 'open'}>
      {decision.state === 'frozen' ? null : <Proposal {...{ market, decision, house }} />}
      {isProposed ? (
        <Form
          send={t('confirm')}
          onSend={async () => {
            await call(`${path}/confirm`, {});
            await onMove();
          }}
        >
          <p className="muted">{t('confirmMore')}</p>
        </Form>
      ) : null}
      {isDone || !market.roles.includes('market-manager') ? null : isProposed ? (
        <details>
          <summary>{t('proposeAgain')}</summary>
          <ProposalForm {...{ market, decision, house, onMove }} />
        </details>
      ) : (
        <ProposalForm {...{ market, decision, house, onMove }} />
      )}
    </Step>
  );
}

/** What stands, and who said so when. */
function Proposal({
  market,
  decision,
  house,
}: Omit<StepProps, 'onMove' | 'decision'> & { decision: DecisionView }) {
  const t = useTexts();
  const names = decision.winners.map((code) => house(code).name);
  return (
    <>
      <p className="finding">
        {names.length === 0 ? t('noAward') : t('winner', { names: t.list(names) })}
      </p>
      {decision.reason ? <blockquote>{decision.reason}</blockquote> : null}
      <ol className="history">
        {decision.steps.map((each) => (
          <li key={`${each.step} ${each.at}`}>
            {t.named(`did.${each.step}`, each.step)} · {each.by} ·{' '}
            {t.moment(each.at, market.timeZone)}
          </li>
        ))}
      </ol>
    </>
  );
}

function ProposalForm({ market, decision, house, onMove }: StepProps & { decision: DecisionView }) {
  const t = useTexts();
  const [chosen, setChosen, forgetChosen] = useKeptState<string | undefined>(
    `winner ${decision.id}`,
    () => undefined,
  );
  const ranked = decision.result.dealers.filter(({ ranking }) => ranking);
  const isFirst = chosen !== undefined && decision.result.first.includes(chosen);
  return (
    <Form
      send={t('propose')}
      keptAs={`proposal ${decision.id}`}
      onSend={async ({ reason, embargoUntil }) => {
        if (chosen === undefined) throw new Refused({ status: 422, title: t('chooseWinner') });
        await call(`/markets/${market.code}/decisions/${decision.id}/propose`, {
          winners: chosen === '' ? [] : chosen === 'first' ? decision.result.first : [chosen],
          ...(reason ? { reason } : {}),
          ...(embargoUntil ? { embargoUntil } : {}),
        });
        forgetChosen();
        await onMove();
      }}
    >
      <fieldset className="stack">
        <legend>{t('whoWins')}</legend>
        {decision.result.outcome === 'shared'
          ? option(
              'first',
              t.list(decision.result.first.map((code) => house(code).name)),
              t('sharedFirst'),
            )
          : null}
        {ranked
          .slice(0, 5)
          .map(({ dealer, ranking }) =>
            option(
              dealer,
              house(dealer).name,
              t('likelyPlace', { low: ranking!.rankLow, high: ranking!.rankHigh }),
            ),
          )}
        {option('', t('noAward'), '')}
      </fieldset>
      <Field
        name="reason"
        label={t('why')}
        hint={isFirst || chosen === 'first' ? t('whyOptional') : t('whyNeeded')}
        isLong
      />
      <Field name="embargoUntil" type="date" label={t('embargo')} hint={t('embargoMore')} />
    </Form>
  );

  function option(value: string, name: string, note: string) {
    return (
      <label key={value} className="pick">
        <input
          type="radio"
          name="winner"
          checked={chosen === value}
          onChange={() => setChosen(value)}
        />
        <span>
          {name} {note ? <small className="muted">{note}</small> : null}
        </span>
      </label>
    );
  }
}
