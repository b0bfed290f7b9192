import { signs } from '../../../reports/scorecard-words.ts';
import type { AwardResult } from '../../contracts/awards.ts';
import { HouseLink, houseOfUnit } from '../office/house-name.tsx';
import type { House } from '../office/houses.ts';
import { Table } from '../office/table.tsx';
import { useTexts } from '../texts/texts.ts';
import { boundOf, gateTitle } from './gates.ts';
import { useProgrammeVersion } from './programmes.tsx';

interface Props {
  readonly result: AwardResult;
  readonly house: (code: string) => House;
}

/** Every house against every gate: what it was found to be, and whether that is enough. */
export function GatesTable({ result, house }: Props) {
  const t = useTexts();
  const programme = useProgrammeVersion(result.programme, result.version);
  const gates = result.dealers[0]?.gates ?? [];
  return (
    <Table
      className="gates"
      label={t('gates')}
      head={[
        t('house'),
        ...gates.map((gate) => `${gateTitle(gate.gate, programme, t)} ${boundOf(gate, t)}`.trim()),
      ]}
    >
      <tbody>
        {result.dealers.map((each) => (
          <tr key={each.dealer}>
            <th scope="row">
              <HouseLink
                market={result.market}
                house={house(each.dealer)}
                dealer={houseOfUnit(each.dealer, programme)}
              />
            </th>
            {each.gates.map((gate) => (
              <td key={gate.gate} className={`gate ${gate.result}`}>
                <span aria-hidden="true">{signs[gate.result]}</span>{' '}
                {gate.value === null ? '' : t.number(gate.value)}{' '}
                <span className={gate.result === 'pass' ? 'unseen' : undefined}>
                  {t(`gate.${gate.result}`)}
                </span>
                {gate.note ? <small className="muted"> {gate.note}</small> : null}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
