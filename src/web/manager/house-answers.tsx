import type { Checklist } from '../../contracts/checklists.ts';
import type { QuestionReport } from '../../contracts/surveys.ts';
import { textIn } from '../../core/format.ts';
import { usePublished } from '../office/documents.ts';
import { axisOver, Interval, Ticks } from '../office/interval.tsx';
import { Region } from '../office/region.tsx';
import { Table } from '../office/table.tsx';
import { useTexts } from '../texts/texts.ts';
import { useAnswer } from '../ui/use-answer.ts';

interface Props {
  readonly market: string;
  readonly dealer: string;
  readonly programme: string;
  readonly period: string;
}

/** What a house's customers answered, question by question. */
export function HouseAnswers({ market, dealer, programme, period }: Props) {
  const t = useTexts();
  const report = useAnswer<QuestionReport>(
    `/markets/${market}/surveys/questions?programme=${programme}&period=${encodeURIComponent(period)}&dealer=${encodeURIComponent(dealer)}`,
  );
  const words = useQuestions(report.answer?.checklist);
  return (
    <section>
      <h2>{t('customersAnswers')}</h2>
      <Region of={report}>
        {({ questions, responses, recommendation }) => {
          const shown = questions.flatMap((each) => ('figure' in each ? [each] : []));
          if (shown.length === 0) return <p>{t('fewAnswers', { n: responses })}</p>;
          const axis = axisOver(
            shown.flatMap(({ figure: { percent, low, high } }) => [
              percent,
              low ?? percent,
              high ?? percent,
            ]),
            10,
          );
          return (
            <>
              <p>
                {t('answersIn', { n: responses })}{' '}
                {recommendation
                  ? t('recommends', {
                      value: t.score(recommendation.value, 0),
                      low: t.score(recommendation.low, 0),
                      high: t.score(recommendation.high, 0),
                    })
                  : null}
              </p>
              <Table
                label={t('customersAnswers')}
                head={[
                  t('surveyQuestion'),
                  { number: t('mean') },
                  { title: t('interval'), beside: <Ticks axis={axis} /> },
                  { number: t('bestAnswer') },
                  { number: t('answersCount') },
                ]}
              >
                <tbody>
                  {shown.map(({ id, figure: { percent, low, high, topBox, n } }) => (
                    <tr key={id}>
                      <th scope="row" className="words">
                        {words(id)}
                      </th>
                      <td className="number">{t.score(percent)}</td>
                      <td className="bar">
                        {low === null || high === null ? (
                          '–'
                        ) : (
                          <Interval
                            {...{ axis, low, value: percent, high }}
                            label={t('fromTo', { low: t.score(low), high: t.score(high) })}
                          />
                        )}
                      </td>
                      <td className="number">{t.share(topBox.share)}</td>
                      <td className="number">{n}</td>
                    </tr>
                  ))}
                </tbody>
              </Table>
            </>
          );
        }}
      </Region>
    </section>
  );
}

/** The words of a questionnaire's newest version, by question; the id where they are not there. */
function useQuestions(checklist: string | undefined): (id: string) => string {
  const t = useTexts();
  const newest = usePublished('checklist').find(({ id }) => id === checklist);
  const { answer } = useAnswer<{ content: Checklist }>(
    `/documents/checklist/${newest?.id}/${newest?.version}`,
    newest !== undefined,
  );
  const items = answer?.content.sections.flatMap((section) => section.items) ?? [];
  return (id) => {
    const found = items.find((item) => item.id === id);
    return found ? textIn(found.question, t.language) : id;
  };
}
