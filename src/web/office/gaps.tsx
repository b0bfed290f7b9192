import { translator } from '../../../reports/texts.ts';
import type { ScorecardView } from '../../contracts/scorecards.ts';
import { useTexts } from '../texts/texts.ts';

/** How far each standard is from the best of the market: the widest gap first. */
export function Gaps({ view }: { readonly view: ScorecardView }) {
  const t = useTexts();
  const say = translator(t.language);
  const gaps = view.standards
    .flatMap(({ standard, figure, best }) =>
      best === null || 'tooFew' in figure
        ? []
        : [
            {
              standard,
              gap: best - figure.value,
              // Inside its own noise a gap is none that anybody should act on.
              isClear: figure.high !== null && best > figure.high,
            },
          ],
    )
    .sort((a, b) => b.gap - a.gap);
  if (gaps.length === 0) return null;
  return (
    <section>
      <h2>{t('gaps')}</h2>
      <ul className="rows">
        {gaps.map(({ standard, gap, isClear }) => (
          <li key={standard}>
            <span>{say(standard)}</span>
            <span className={isClear ? undefined : 'muted'}>
              {gap < 0.05 ? t('noGap') : t('points', { points: t.score(gap) })}
              {gap >= 0.05 && !isClear ? ` · ${t('notClear')}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
