import { useEffect, useState } from 'react';
import { signs } from '../../../reports/scorecard-words.ts';
import { translator } from '../../../reports/texts.ts';
import type { Answers, AuditScore } from '../../contracts/audits.ts';
import type { AwardEffect } from '../../contracts/awards.ts';
import type { IndexFigure } from '../../contracts/indices.ts';
import { call } from '../api.ts';
import { scoreInWords } from '../office/score.ts';
import { Table } from '../office/table.tsx';
import { useTexts } from '../texts/texts.ts';
import { gateTitle } from './gates.ts';
import { useProgramme, useProgrammeVersion } from './programmes.tsx';

interface Effect {
  readonly before: AuditScore;
  readonly after: AuditScore;
  readonly award: AwardEffect | null;
}

interface Props {
  /** The API's place of the appeal. */
  readonly path: string;
  readonly score: AuditScore;
  /** The answers that would be amended. */
  readonly changed: Answers;
}

/** What a decision would do to the audit, to the house's index and rank, and to its gates. */
export function AppealEffect({ path, score, changed }: Props) {
  const t = useTexts();
  const say = translator(t.language);
  const { id: programme, all } = useProgramme();
  const version = all.find(({ id }) => id === programme)?.version;
  const document = useProgrammeVersion(programme ?? '', version ?? '');
  const [effect, setEffect] = useState<Effect>();
  useEffect(() => {
    let isCurrent = true;
    setEffect(undefined);
    if (programme === undefined) return;
    // What cannot be scored yet (half a change) shows no effect; deciding says why.
    call<Effect>(`${path}/preview`, { answers: changed, programme }).then(
      (found) => {
        if (isCurrent) setEffect(found);
      },
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [path, programme, changed]);
  const index = (figure: IndexFigure) =>
    'tooFew' in figure
      ? say('tooFew')
      : figure.low === null || figure.high === null
        ? t.score(figure.value)
        : `${t.score(figure.value)} (${t('fromTo', { low: t.score(figure.low), high: t.score(figure.high) })})`;
  const place = (side: 'before' | 'after', { place: places, status }: AwardEffect) => {
    const found = places[side];
    if (!found) return t(status[side] === 'ranked' ? 'stillOpen' : `status.${status[side]}`);
    const { rank, rankLow, rankHigh } = found;
    return `${rankLow === rankHigh ? rankLow : `${rankLow}–${rankHigh}`} · ${t('place', { rank })}`;
  };
  const award = effect?.award;
  return (
    <section aria-live="polite">
      <h2>{t('effectOf')}</h2>
      <Table label={t('effectOf')} head={[t('what'), t('nowIs'), t('thenIs')]}>
        <tbody>
          <tr>
            <th scope="row">{t('score')}</th>
            <td>{scoreInWords(score, t)}</td>
            <td>{scoreInWords(effect?.after ?? score, t)}</td>
          </tr>
          {award ? (
            <>
              <tr>
                <th scope="row">{say('omotenashi')}</th>
                <td>{index(award.index.before)}</td>
                <td>{index(award.index.after)}</td>
              </tr>
              <tr>
                <th scope="row">{t('rank')}</th>
                <td>{place('before', award)}</td>
                <td>{place('after', award)}</td>
              </tr>
              {award.gates.map(({ gate, before, after }) => (
                <tr key={gate}>
                  <th scope="row">{gateTitle(gate, document, t)}</th>
                  <td className={`gate ${before}`}>
                    {signs[before]} {t(`gate.${before}`)}
                  </td>
                  <td className={`gate ${after}`}>
                    {signs[after]} {t(`gate.${after}`)}
                  </td>
                </tr>
              ))}
            </>
          ) : null}
        </tbody>
      </Table>
      {award ? (
        <p className="muted">{award.gates.length === 0 ? t('gatesStay') : null}</p>
      ) : effect ? (
        <p className="muted">{t('notInAward')}</p>
      ) : null}
    </section>
  );
}
