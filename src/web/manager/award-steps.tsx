import { uuidv7 } from 'uuidv7';
import type { AwardResult, DecisionView } from '../../contracts/awards.ts';
import { send } from '../api.ts';
import { useHouses } from '../office/houses.ts';
import { Region } from '../office/region.tsx';
import { useTexts } from '../texts/texts.ts';
import { Form } from '../ui/form.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { CertificateStep } from './certificate-step.tsx';
import { DecisionStep } from './decision-step.tsx';
import { findingOf } from './finding.ts';
import { GatesTable } from './gates-table.tsx';
import { useMarket } from './markets.ts';
import { RankingTable } from './ranking-table.tsx';
import { Recompute } from './recompute.tsx';
import { Step } from './step.tsx';
import { Waive } from './waive.tsx';

interface Props {
  readonly market: string;
  readonly programme: string;
  /** The decision that stands; none as long as nothing is frozen. */
  readonly id: string | undefined;
  readonly onMove: () => Promise<void>;
}

/** Gates, ranking, decision, certificate: what is done, what is open, and why the rest is locked. */
export function AwardSteps({ market, programme, id, onMove }: Props) {
  const decided = useAnswer<DecisionView>(`/markets/${market}/decisions/${id}`, id !== undefined);
  const now = useAnswer<AwardResult>(
    `/markets/${market}/ranking?programme=${programme}`,
    id === undefined,
  );
  const moved = async () => {
    await Promise.all([onMove(), id === undefined ? now.refresh() : decided.refresh()]);
  };
  if (id === undefined) {
    return (
      <Region of={now}>
        {(result) => (
          <Steps {...{ market, programme, result, onMove: moved }} decision={undefined} />
        )}
      </Region>
    );
  }
  return (
    <Region of={decided}>
      {(decision) => (
        <Steps {...{ market, programme, decision, onMove: moved }} result={decision.result} />
      )}
    </Region>
  );
}

interface StepsProps {
  readonly market: string;
  readonly programme: string;
  readonly result: AwardResult;
  readonly decision: DecisionView | undefined;
  readonly onMove: () => Promise<void>;
}

function Steps({ market: code, programme, result, decision, onMove }: StepsProps) {
  const t = useTexts();
  const house = useHouses(code);
  const { market } = useMarket(code);
  const isMarketManager = market.roles.includes('market-manager');
  const qualified = result.dealers.filter(({ ranking }) => ranking).length;
  const counts = { n: qualified, all: result.dealers.length };
  return (
    <ol className="steps">
      <Step n={1} title={t('step.gates')} state={decision ? 'done' : 'open'} isFolded={!!decision}>
        <p>{t('qualifiedOf', counts)}</p>
        <GatesTable result={result} house={house} />
        {decision ? null : <Waive {...{ market, result, house, onMove }} />}
      </Step>
      <Step
        n={2}
        title={t('step.ranking')}
        state={decision ? 'done' : 'open'}
        isFolded={!!decision}
      >
        <p className="finding">{findingOf(result, t, (dealer) => house(dealer).name)}</p>
        <RankingTable result={result} house={house} />
        {decision ? (
          <>
            <p>
              {t('frozenAt', { at: t.moment(decision.frozenAt, market.timeZone) })}{' '}
              <code>{decision.packageSha256}</code>
              <br />
              {t('resultSha')} <code>{decision.resultSha256}</code>
            </p>
            <Recompute market={code} id={decision.id} />
          </>
        ) : isMarketManager ? (
          <Form
            send={t('freeze')}
            onSend={async () => {
              await send('PUT', `/markets/${code}/decisions/${uuidv7()}`, { programme });
              await onMove();
            }}
          >
            <p>{t('freezeMore')}</p>
          </Form>
        ) : (
          <p className="muted">{t('freezeBy')}</p>
        )}
      </Step>
      <DecisionStep {...{ market, decision, house, onMove }} />
      <CertificateStep {...{ market, decision, house, onMove }} />
    </ol>
  );
}
