import type { AwardResult } from '../../contracts/awards.ts';
import { call } from '../api.ts';
import type { House } from '../office/houses.ts';
import { useTexts } from '../texts/texts.ts';
import { Choice, Field, Form } from '../ui/form.tsx';
import { gateTitle } from './gates.ts';
import type { Market } from './markets.ts';
import { useProgrammeVersion } from './programmes.tsx';

interface Props {
  readonly market: Market;
  readonly result: AwardResult;
  readonly house: (code: string) => House;
  readonly onMove: () => Promise<void>;
}

/** The network's manager waives a gate for a house; the table then names who did, and why. */
export function Waive({ market, result, house, onMove }: Props) {
  const t = useTexts();
  const programme = useProgrammeVersion(result.programme, result.version);
  const missed = result.dealers.flatMap(({ dealer, gates }) =>
    gates
      .filter(
        ({ gate, result: is }) =>
          (is === 'fail' || is === 'open') && programme?.gates.some(({ id }) => id === gate),
      )
      .map(({ gate }) => ({ dealer, gate })),
  );
  if (!market.roles.includes('network-manager') || missed.length === 0) return null;
  return (
    <details>
      <summary>{t('waiveGate')}</summary>
      <Form
        isQuiet
        keptAs={`waiver ${market.code} ${result.programme}`}
        send={t('waiveGate')}
        onSend={async ({ missed: chosen = '', reason, paper }) => {
          const [dealer, gate] = chosen.split(' ');
          await call(`/markets/${market.code}/waivers`, {
            ...{ programme: result.programme, version: result.version },
            ...{ dealer, gate, reason, paper },
          });
          await onMove();
        }}
      >
        <p className="muted">{t('waiveMore')}</p>
        <Choice
          name="missed"
          label={t('missedGate')}
          options={missed.map(({ dealer, gate }) => [
            `${dealer} ${gate}`,
            `${house(dealer).name}: ${gateTitle(gate, programme, t)}`,
          ])}
        />
        <Field name="reason" label={t('reasonFor')} isLong />
        <Field name="paper" label={t('waiverPaper')} hint={t('waiverPaperMore')} />
      </Form>
    </details>
  );
}
