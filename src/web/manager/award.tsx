import type { DecisionView } from '../../contracts/awards.ts';
import { Region } from '../office/region.tsx';
import { useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { AwardSteps } from './award-steps.tsx';
import { MarketPage } from './page.tsx';
import { ProgrammeChoice, useProgramme } from './programmes.tsx';

interface Props {
  readonly market: string;
}

/** The award of a market under a programme: from the gates to the certificate, a step at a time. */
export function Award({ market }: Props) {
  const t = useTexts();
  const programme = useProgramme();
  return (
    <MarketPage market={market} title={t('award')} beside={<ProgrammeChoice of={programme} />}>
      {programme.id ? (
        <Present key={`${market} ${programme.id}`} market={market} programme={programme.id} />
      ) : null}
    </MarketPage>
  );
}

type Summary = Pick<DecisionView, 'id' | 'programme' | 'version' | 'period' | 'state' | 'winners'>;

/** The decision that stands, or none; withdrawn ones are history. */
function Present({ market, programme }: Props & { readonly programme: string }) {
  const decisions = useAnswer<{ items: Summary[] }>(`/markets/${market}/decisions`);
  return (
    <Region of={decisions}>
      {({ items }) => {
        const standing = items.find(
          (each) => each.programme === programme && each.state !== 'withdrawn',
        );
        const withdrawn = items.filter(
          (each) => each.programme === programme && each.state === 'withdrawn',
        );
        return (
          <>
            <AwardSteps
              key={standing?.id}
              market={market}
              programme={programme}
              id={standing?.id}
              onMove={decisions.refresh}
            />
            <Withdrawn those={withdrawn} />
          </>
        );
      }}
    </Region>
  );
}

function Withdrawn({ those }: { readonly those: readonly Summary[] }) {
  const t = useTexts();
  if (those.length === 0) return null;
  return <p className="muted">{t('withdrawnBefore', { n: those.length })}</p>;
}
